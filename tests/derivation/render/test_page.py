"""The page: whole, safe, and with the paths of the derivation in its picture."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from derivation.networks import classic, lines
from pellucid.derivation.lessons import EXAMPLES
from pellucid.derivation.render.markup import name_markup

PARTS = ("all", "origin")
"""What has an id beside the steps and the sections."""


class Page(HTMLParser):
    """What is open, the ids, and the links of a page."""

    void = frozenset({"meta"})

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.tags = [], [], set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in self.void:
            self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.links |= {value for name, value in attrs if name in ("href", "src")}

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_and_needs_nothing_else(large, w1):
    for explanation in (large, w1):
        text = explanation.html()
        page = Page(text)
        assert page.open == []
        assert len(page.ids) == len(set(page.ids)) == len(lines(explanation)) + len(PARTS) + len(explanation.sections())
        assert page.links <= {f"#{name}" for name in page.ids}
        assert not re.search(r"http|url\(|@import", text)
        assert len(text.encode()) < 300_000


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_page_begins_with_a_summary_that_has_the_answer(name):
    page = EXAMPLES[name].explain(automatic=False).html(4)
    first = page.partition("<main>\n")[2]
    assert first.startswith("<section class=summary")
    summary = first.partition("</section>")[0]
    assert "<h1 class=result>" in summary
    assert all(f"href=#{section}" in summary for section in ("forward", "backward", "update", "check"))
    assert "<summary>Layer by layer</summary>" in summary


def test_the_answer_looks_like_no_other_card(large, w1):
    for explanation in (large, w1):
        page = explanation.html()
        (number,) = re.findall(r'<div class="s answer" id=s(\d+)>', page)
        answer = lines(explanation)[int(number) - 1].step
        assert (answer.name, answer.value) == (explanation.subject, explanation.value)


def test_a_whole_step_has_no_answer_card():
    page = EXAMPLES["two-two-two"].explain_step().html()
    assert "Change of <i>E</i>" in page
    assert 'class="s answer"' not in page
    assert "<figure>" not in page


def test_of_many_cards_alike_the_first_are_unfolded():
    page = EXAMPLES["lstm"].explain(automatic=False).html()  # five factors of the chain
    assert page.count("<details class=more>") == 1
    assert "<summary>3 more like these <small>" in page


def test_of_a_long_section_the_groups_are_folded_but_not_that_of_the_answer(large):
    page = large.html()
    assert page.count("<details class=group>") > 5
    before = page.partition('class="s answer"')[0]
    assert before.rindex("<section class=group>") > before.rindex("<details class=group>")


def test_names_are_escaped():
    nasty = "<script>alert('&')</script>"
    explanation = classic(nasty, {"output/W[0, 0]": nasty, "hidden[0]": '"><img src=x>'})
    page = explanation.html()
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert name_markup("<b>[0]") == "<i>&lt;b&gt;</i><sub>0</sub>"


def test_the_way_of_the_derivation_is_marked(w1):
    page = w1.html()
    assert page.count("<path class=way") == 8  # i1-net-out, out to both nets, each net to its out, both outs to E
    assert page.count("<path d=") == 14 - 8  # of all: 4 + 2 + 4 + 2 + 2
    assert page.count("class=on-path") == 8


def test_a_picture_leaves_no_single_unit_out():
    convolution = EXAMPLES["convolution"].explain()
    assert len(convolution.network[0].units) == 9
    assert convolution.html().count("<path class=way") == 4 + 4 + 4 + 4 + 1  # a pixel to each window, and on
