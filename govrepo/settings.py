"""Every setting: name, type, default and one line of meaning.

``docs/settings.md`` is generated from :data:`SETTINGS`. An ini file holds only what differs. Nothing else in the project
reads ``registry.settings`` for a ``govrepo.`` name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PREFIX = "govrepo."


@dataclass(frozen=True)
class Setting:
    """One setting: its name without the prefix, its default (whose type it takes) and what it means."""

    name: str
    default: str | int | bool
    meaning: str

    def parse(self, text: str) -> str | int | bool:
        """Turn the ini file's text into the setting's type; raise ValueError that names the setting."""
        if isinstance(self.default, bool):
            return self._flag(text)
        if isinstance(self.default, int):
            return self._whole_number(text)
        return text.strip()

    def _flag(self, text: str) -> bool:
        words = {
            "true": True,
            "yes": True,
            "on": True,
            "1": True,
            "false": False,
            "no": False,
            "off": False,
            "0": False,
        }
        if text.strip().lower() not in words:
            raise ValueError(f"{PREFIX}{self.name}: expected yes or no, got {text!r}")
        return words[text.strip().lower()]

    def _whole_number(self, text: str) -> int:
        try:
            return int(text)
        except ValueError as error:
            raise ValueError(f"{PREFIX}{self.name}: expected a whole number, got {text!r}") from error


SETTINGS: tuple[Setting, ...] = (
    Setting("var", "var", "Folder of everything the site writes: database, blobs, journal, uploads."),
    Setting(
        "fulltext", "%(var)s/fulltext", "Folder of the text index; it can be made anew at any time and needs no backup."
    ),
    Setting(
        "journal",
        "%(var)s/journal.sqlite",
        "The audit journal: an SQLite file, or for several hosts postgresql://role@host/database (govrepo-journal init).",
    ),
    Setting(
        "journal_periods",
        "%(var)s/journal-periods",
        "Folder the sealed periods of a journal in PostgreSQL are written to; those of an SQLite file lie beside it.",
    ),
    Setting(
        "checkpoints",
        "%(var)s/checkpoints",
        "Folder the journal's signed checkpoints are written to, each once; best on another host's disk.",
    ),
    Setting(
        "checkpoints_copy",
        "",
        "Where checkpoints are copied to besides: a folder mounted from another host, or the http(s) address of a govrepo-keep there.",
    ),
    Setting("checkpoint_minutes", 15, "Minutes between two checkpoints of the journal."),
    Setting(
        "journal_free_mb",
        2048,
        "Free megabytes of the journal's disk below which administrator and auditor are warned.",
    ),
    Setting(
        "journal_size_mb", 20480, "Megabytes of the journal's present file above which sealing a period is asked for."
    ),
    Setting("checkpoint_warn_minutes", 60, "Minutes after which an entry that no checkpoint holds is a warning."),
    Setting("alarm_logins", 10, "Failed logins of one account, certificate or address that raise an alarm ..."),
    Setting("alarm_login_minutes", 10, "... within so many minutes."),
    Setting("clock_step_minutes", 5, "Minutes by which the system's clock may jump without an alarm."),
    Setting("uploads", "%(var)s/uploads", "Folder of unfinished uploads."),
    Setting("secret_file", "%(var)s/secret", "File of the cookie secret; made with mode 0600 on first start."),
    Setting(
        "system_key", "%(var)s/system-key.pem", "File of the system's signing key; made with mode 0600 on first start."
    ),
    Setting(
        "signatures",
        "when_possible",
        "Certificate signatures of acts: 'required', or 'when_possible' (without an active certificate the system alone attests; R-25.1).",
    ),
    Setting(
        "trust_folder", "%(var)s/trust", "Folder of the in-house certification authority; none while it is missing."
    ),
    Setting(
        "trust_passphrase_file",
        "%(var)s/trust-passphrase",
        "File of the passphrase of the authority's keys; made with mode 0600 when it is founded.",
    ),
    Setting(
        "tsa", "", "Address (http or https) of an outside time stamp authority (RFC 3161); empty uses the in-house one."
    ),
    Setting(
        "tsa_certificates",
        "%(var)s/tsa.pem",
        "PEM file of the certificates that an outside authority's time stamps must lead to; needed with 'tsa'.",
    ),
    Setting("crl_days", 7, "Days a list of revoked certificates holds; a new one is signed at half of them."),
    Setting("secure_cookies", False, "Send cookies over TLS only; on in production.ini."),
    Setting(
        "certificate_login",
        "challenge",
        "How certificates log in: 'challenge' (a text is signed), 'proxy' (nginx asks for it, docs/nginx.conf) or 'off'.",
    ),
    Setting("certificate_required", False, "A password alone opens nothing (SOD-14); on in production.ini."),
    Setting(
        "concurrent_certificate",
        "alarm",
        "One certificate in use at two addresses: 'alarm', or 'refuse' the second one as well (R-27.1).",
    ),
    Setting(
        "proxy_secret_file",
        "%(var)s/proxy-secret",
        "File of the secret nginx shows with certificate_login = proxy; 32 characters or more.",
    ),
    Setting("session_minutes", 30, "Minutes without a request after which a session ends."),
    Setting("session_hours", 12, "Hours after its login at which a session ends, however busy."),
    Setting(
        "networks",
        "",
        "Networks the site may be used from, as 10.1.0.0/16 fd00::/8; empty allows every address (R-27.2).",
    ),
    Setting("password_min_length", 10, "Shortest password, in characters."),
    Setting("password_days", 90, "Days after which a password must be changed."),
    Setting(
        "login_attempts", 5, "Failed logins of one name before a wait is imposed; one address gets four times as many."
    ),
    Setting("login_wait_seconds", 60, "First wait after too many failed logins; doubles each time."),
    Setting("certificate_days", 365, "Days a person's certificate of the in-house authority is valid."),
    Setting("certificate_warn_days", 30, "Days before its end at which a certificate is listed as expiring."),
    Setting("certificate_restore_days", 15, "Days after a loss report in which a found certificate may be restored."),
    Setting("seal_days", 1095, "Days a seal's certificate of the in-house authority is valid."),
    Setting(
        "seal_samples", True, "Seals are drawn with the mark of a sample; off where they are to count (production.ini)."
    ),
    Setting("slow_query_ms", 50, "Milliseconds from which a register's query is shown as slow on the catalog page."),
    Setting("upload_max_bytes", 2 * 1024**3, "Largest file that may be uploaded."),
    Setting("upload_chunk_bytes", 4 * 1024**2, "Size of one piece of a resumable upload."),
    Setting("upload_keep_hours", 48, "Hours an unfinished upload is kept."),
    Setting("pages", "%(var)s/pages", "Folder of drawn page images; nothing in it is worth a backup."),
    Setting("fonts", "", "Folder of the fonts documents are set with; empty is where `make fonts` lays the free ones."),
    Setting("font_title", "FandolSong", "Family of issuer marks and titles (小标宋)."),
    Setting("font_body", "FandolFang R", "Family of the text (仿宋)."),
    Setting("font_kai", "FandolKai", "Family of signers and second headings (楷体)."),
    Setting("font_hei", "FandolHei", "Family of first headings and marks in the corner (黑体)."),
    Setting("font_song", "FandolSong", "Family of page numbers (宋体)."),
    Setting("font_fallback", "LXGW WenKai", "Families for characters that those above lack, with commas between."),
    Setting("page_cache_bytes", 2 * 1024**3, "Bytes the drawn page images may take."),
    Setting(
        "max_classification",
        "",
        "Highest classification that may be exchanged (confidential, secret, top_secret; rising); empty refuses every one (P-3).",
    ),
    Setting("effective_date", "2013-01-01", "First day of electronic exchange (R-N1.2)."),
    Setting("connection_deadline", "2013-03-31", "Day by which units are to be connected (R-N5.1)."),
    Setting("half_days", "08:30-12:00,14:00-17:30", "The two working half-days (R-20.1)."),
    Setting("cut_off", "17:00", "What is sent later on a working day counts for the next one (P-37)."),
    Setting("limit_plain", 10, "Working days for handling a plain incoming document (TL12 24)."),
    Setting("limit_urgent", 3, "Working days for handling an urgent one."),
    Setting("limit_most_urgent", 1, "Working days for handling a most urgent one."),
    Setting("separate_administrator", True, "Administrator and security officer must be two persons (SOD-2)."),
    Setting(
        "worker",
        "thread",
        "Where work is done: 'thread' (this process), 'process' (govrepo-worker) or 'none' (tests).",
    ),
    Setting("sender_check_hours", 24, "Hours after sending at which the sender looks who has signed (P-38)."),
    Setting("paper_days", 7, "Working days in which the paper of a sending should have come (R-N2.2)."),
    Setting("duty_roster_days", 7, "Days ahead for which the duty roster must have no gap (R-16.1)."),
    Setting("phone_notice_hours", 24, "Hours between a call and the document it announces, at most (R-16.4)."),
    Setting("print_quota", 1, "Formal copies a recipient may print, as a new document proposes (P-35)."),
    Setting("print_needs_consent", 0, "1: nothing received is printed without the consent of the box's head (P-58)."),
    Setting("change_lapse_days", 10, "Working days after its approval in which a permission change is executed (5.7)."),
    Setting("designation_days", 30, "Longest designation of a substitute receiver, in days (R-11.3)."),
    Setting(
        "content_release_days", 7, "Longest opening of a document's content to the auditor, in days (domain.md 7.2)."
    ),
    Setting("fan_out_batch", 50, "Deliveries the postmaster makes in one commit."),
    Setting("pulse_seconds", 15, "Seconds between two polls of the arrival alert."),
    Setting("duty_pulse_seconds", 5, "The same on the page of the duty desk."),
    Setting("developer", False, "Show what only a developer's machine should: sample logins on the login page."),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings:
    """The site's settings, read once at start: ``settings.session_minutes``."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {setting.name: _value(setting, values) for setting in SETTINGS}
        _refuse_unknown(values)
        for name, value in self._values.items():
            if isinstance(value, str):
                self._values[name] = value.replace("%(var)s", str(self._values["var"]))

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_values"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def path(self, name: str) -> Path:
        """A setting that names a file or folder, absolute."""
        return Path(str(getattr(self, name))).resolve()


def _value(setting: Setting, values: Mapping[str, Any]) -> str | int | bool:
    given = values.get(PREFIX + setting.name)
    return setting.default if given is None else setting.parse(str(given))


def _refuse_unknown(values: Mapping[str, Any]) -> None:
    unknown = sorted(name for name in values if name.startswith(PREFIX) and name[len(PREFIX) :] not in _BY_NAME)
    if unknown:
        raise ValueError(f"unknown settings: {', '.join(unknown)}")


def includeme(config: Any) -> None:
    """Read the settings and keep them as ``registry.govrepo_settings``."""
    config.registry.govrepo_settings = Settings(config.registry.settings)
