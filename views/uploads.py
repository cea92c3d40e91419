"""The server's side of resumable uploads: tus 1.0 with creation, expiration, termination and checksum (design sect. 5).

An upload belongs to whoever began it. Nothing here touches the database; a finished upload waits until a business act
claims it.
"""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pyramid.response import Response
from webob.datetime_utils import serialize_date

from govrepo.files import uploads
from govrepo.files.uploads import Status, UploadArea, UploadError
from govrepo.i18n import _
from govrepo.security.acl import DENY_ALL, Allow, Authenticated
from policies.permissions import Permission

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination,checksum"
ALGORITHMS = ("sha256", "sha1", "md5")
PIECE_TYPE = "application/offset+octet-stream"

STATUSES: dict[type[UploadError], int] = {
    uploads.UploadNotFoundError: 404,
    uploads.WrongOffsetError: 409,
    uploads.UploadTooLargeError: 413,
    uploads.UploadBusyError: 423,
    uploads.ChecksumMismatchError: 460,  # tus's own number.
    uploads.StorageFullError: 507,
}


class UploadsResource:
    """What guards the upload addresses: whoever is logged in may use them, for uploads of their own."""

    __acl__ = ((Allow, Authenticated, Permission.UPLOAD_CREATE), DENY_ALL)

    def __init__(self, request: Any) -> None:
        self.request = request


class BadUploadRequestError(Exception):
    """The client does not speak the protocol; the arguments are the status and words for people."""


def describe(request: Any) -> Response:
    """OPTIONS: what this server can do."""
    response = _empty(204)
    response.headers["Tus-Version"] = VERSION
    response.headers["Tus-Extension"] = EXTENSIONS
    response.headers["Tus-Max-Size"] = str(_area(request).max_bytes)
    response.headers["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    return response


def create(request: Any) -> Response:
    """POST: begin an upload; 201 with its address."""
    size = _number(request, "Upload-Length")
    filename = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
    id_ = _area(request).create(_owner(request), filename, size)
    response = _empty(201)
    response.location = request.route_path("upload", id=id_)
    return _dated(response, _status(request, id_))


def look(request: Any) -> Response:
    """HEAD: how far the upload has come."""
    status = _status(request, request.matchdict["id"])
    response = _dated(_empty(200), status)
    response.headers["Upload-Offset"] = str(status.offset)
    response.headers["Upload-Length"] = str(status.size)
    response.headers["Upload-Metadata"] = f"filename {base64.b64encode(status.filename.encode()).decode()}"
    response.cache_control = "no-store"
    return response


def append(request: Any) -> Response:
    """PATCH: add a piece; 204 with the new offset."""
    if request.content_type != PIECE_TYPE:
        raise BadUploadRequestError(415, _("分片的内容类型必须是 application/offset+octet-stream。"))
    id_, offset = request.matchdict["id"], _number(request, "Upload-Offset")
    offset = _area(request).append(id_, _owner(request), offset, request.body_file, _checksum(request))
    response = _dated(_empty(204), _status(request, id_))
    response.headers["Upload-Offset"] = str(offset)
    return response


def discard(request: Any) -> Response:
    """DELETE: forget the upload."""
    _area(request).discard(request.matchdict["id"], _owner(request))
    return _empty(204)


def refuse_upload(error: UploadError, request: Any) -> Response:
    """Say in the protocol's status and in words why an upload cannot go on."""
    return _words(request, STATUSES.get(type(error), 400), error.words)


def refuse_request(error: BadUploadRequestError, request: Any) -> Response:
    """Say what is wrong with the request."""
    return _words(request, *error.args)


def speaks_tus(view: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """View decorator: refuse other versions of the protocol before anything is looked at."""

    def checked(context: Any, request: Any) -> Any:
        if request.headers.get("Tus-Resumable") == VERSION:
            return view(context, request)
        response = _words(request, 412, _("不支持该上传协议版本。"))
        response.headers["Tus-Version"] = VERSION
        return response

    return checked


def _area(request: Any) -> UploadArea:
    area: UploadArea = request.registry.uploads
    return area


def _owner(request: Any) -> str:
    return str(request.authenticated_userid)


def _status(request: Any, id_: str) -> Status:
    return _area(request).status(id_, _owner(request))


def _number(request: Any, header: str) -> int:
    text = request.headers.get(header, "")
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise BadUploadRequestError(400, _("缺少或无效的请求头：${header}", mapping={"header": header}))
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """``Upload-Metadata``: pairs of a key and a text in base 64, divided by commas."""
    pairs = (pair.strip().partition(" ") for pair in header.split(","))
    try:
        return {key: base64.b64decode(text, validate=True).decode() for key, _space, text in pairs}
    except ValueError as error:
        raise BadUploadRequestError(400, _("文件信息的编码无效。")) from error


def _checksum(request: Any) -> tuple[str, bytes] | None:
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _space, digest = header.partition(" ")
    try:
        decoded = base64.b64decode(digest, validate=True)
    except binascii.Error:
        algorithm = ""
    if algorithm not in ALGORITHMS:
        raise BadUploadRequestError(400, _("不支持该校验算法。"))
    return algorithm, decoded


def _empty(status: int) -> Response:
    response = Response(status=status)
    response.headers["Tus-Resumable"] = VERSION
    return response


def _words(request: Any, status: int, words: Any) -> Response:
    response = Response(request.localizer.translate(words), content_type="text/plain", charset="utf-8")
    response.status = f"{status} Upload Refused"
    response.headers["Tus-Resumable"] = VERSION
    return response


def _dated(response: Response, status: Status) -> Response:
    expires: datetime = status.expires
    response.headers["Upload-Expires"] = serialize_date(expires)
    return response


def includeme(config: Any) -> None:
    """Put the server at ``/uploads``. What may change something needs the form token like everything else."""
    config.add_route("uploads", "/uploads", factory=UploadsResource)
    config.add_route("upload", "/uploads/{id}", factory=UploadsResource)
    guarded = {"permission": Permission.UPLOAD_CREATE}
    for route in ("uploads", "upload"):
        config.add_view(describe, route_name=route, request_method="OPTIONS", **guarded)
        config.add_view(refuse_upload, route_name=route, context=UploadError, exception_only=True)
        config.add_view(refuse_request, route_name=route, context=BadUploadRequestError, exception_only=True)
    spoken = guarded | {"decorator": speaks_tus}
    config.add_view(create, route_name="uploads", request_method="POST", **spoken)
    config.add_view(look, route_name="upload", request_method="HEAD", **spoken)
    config.add_view(append, route_name="upload", request_method="PATCH", **spoken)
    config.add_view(discard, route_name="upload", request_method="DELETE", **spoken)
