"""The picture of where data goes: every item drawn, every line inside its box, nothing as markup."""

from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from policygen.render.picture import BOX_W, ITEM_CHARS, WIDTH, Group, columns, draw, wrap

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), min_size=1, max_size=60)
GROUPS = st.lists(st.builds(Group, WORDS, st.lists(WORDS, max_size=5)), max_size=4)


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(node.itertext()) for node in root.iter("text")]


def test_every_group_and_item_is_drawn_in_order() -> None:
    svg = draw([Group("Given", ["Name", "Email"])], "Shop", [Group("Who gets it", ["Bank"])])
    assert texts(svg) == ["Given", "Name", "Email", "Shop", "Who gets it", "Bank"]
    assert svg.count('class="box"') == 2


def test_a_group_without_items_is_not_drawn() -> None:
    assert texts(draw([Group("Given", [])], "Shop", [])) == ["Shop"]


def test_text_never_becomes_markup() -> None:
    svg = draw([Group("<b>", ["a & b <script>alert(1)</script>"])], "<i>", [])
    assert "script>" not in re.sub("&lt;/?script&gt;|&lt;/?script", "", svg)
    ElementTree.fromstring(svg)


def test_a_long_address_is_cut_after_a_dot_and_without_a_hyphen() -> None:
    assert wrap("spotifinfo.neutrixs.my.id", 20) == ["spotifinfo.", "neutrixs.my.id"]


def test_a_mirrored_picture_holds_the_same() -> None:
    groups = [Group("Given", ["Name"])]
    assert texts(draw(groups, "Shop", groups, rtl=True)) == texts(draw(groups, "Shop", groups))


@given(WORDS, st.integers(4, 30))
def test_no_line_is_wider_than_its_limit_and_no_letter_is_lost(text: str, limit: int) -> None:
    lines = wrap(text, limit)
    assert all(columns(line) <= limit for line in lines)
    letters = [letter for letter in "".join(lines) if letter not in "- "]
    assert "".join(letters) == re.sub(r"[\s-]", "", unicodedata.normalize("NFC", text))


@given(GROUPS, WORDS, GROUPS)
def test_every_box_stands_inside_the_picture(above: list[Group], name: str, below: list[Group]) -> None:
    root = ElementTree.fromstring(draw(above, name, below))
    height = float(root.attrib["viewBox"].split()[3])
    for box in root.iter("rect"):
        assert float(box.attrib["y"]) + float(box.attrib["height"]) <= height
        assert float(box.attrib["x"]) + float(box.attrib["width"]) <= WIDTH
        assert float(box.attrib["width"]) in {BOX_W, WIDTH}
    assert ITEM_CHARS < WIDTH


def test_a_word_without_an_end_is_drawn_without_delay() -> None:
    # Cubic work here would take minutes.
    assert len(wrap("x" * 5_000, 24)) > 200
    draw([Group("Given", ["字" * 5_000])], "x" * 5_000, [])
