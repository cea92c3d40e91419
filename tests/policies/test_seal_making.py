"""Making and unmaking seals (P-70, P-75): what is drawn, and what a machine without fonts says."""

import io

from PIL import Image

from govrepo.sealing import SealingError
from policies import seal_making as making
from tests.policies.seals import OFFICER, approved, made


def test_p_75_without_a_font_nothing_is_made(bench, authority, monkeypatch):
    def fails(*_args, **_more):
        raise SealingError("font", "no font")

    seal = approved(bench)
    making._picture.cache_clear()
    monkeypatch.setattr(making, "draw_seal", fails)
    assert bench.refusal(OFFICER, seal, "make") == ["P-75"]
    assert seal.key_name == ""


def test_samples_are_marked_whatever_the_setting_says(bench, authority, monkeypatch):
    monkeypatch.setitem(bench.registry.govrepo_settings._values, "seal_samples", 0)
    seal = approved(bench)
    bench.act(OFFICER, seal, "make", sample=True)
    assert seal.sample is True


def test_r_41_1_the_days_of_a_certificate_are_a_business_setting(bench, authority, monkeypatch):
    monkeypatch.setitem(bench.registry.govrepo_settings._values, "seal_days", 10)
    seal = made(bench)
    assert (seal.valid_to - seal.valid_from).days == 10


def test_a_signature_seal_is_a_name_without_a_ring(bench, authority):
    signature, ring = made(bench, kind="signature", name="甲子安"), made(bench)
    corner = (0, 0, 1, 0.2)
    shares = [_share(seal.image.read_range(0, seal.image.size), corner) for seal in (signature, ring)]
    assert shares[0] == 0 < shares[1]


def _share(png, box):
    ink = Image.open(io.BytesIO(png)).getchannel("A")
    part = ink.crop(tuple(round(each * ink.width) for each in box))
    return sum(part.histogram()[128:]) / (part.width * part.height)
