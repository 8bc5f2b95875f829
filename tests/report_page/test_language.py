"""The languages of a report: every sentence has its translation, and the locale chooses."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import pellucid.report_page
from pellucid.errors import UnknownNameError
from pellucid.report_page import write_report
from pellucid.report_page.language import CATALOGUES, language_of_locale, say, speak

CALLS = ("say", "sentence")
PLACES = re.compile(r"{(\w+)}")


def sentences() -> set[str]:
    """What the modules of the report hand to ``say`` and ``sentence`` as it stands."""
    found = set()
    for path in Path(pellucid.report_page.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                found |= {part.value for part in node.args if isinstance(part, ast.Constant)}
    return found


@pytest.mark.parametrize("language", [name for name in CATALOGUES if name != "en"])
def test_a_catalogue_has_every_sentence_and_no_other(language):
    assert set(CATALOGUES[language]) == sentences()


@pytest.mark.parametrize("language", [name for name in CATALOGUES if name != "en"])
def test_a_translation_says_what_its_sentence_says(language):
    """The same numbers and names are put into both."""
    for english, translated in CATALOGUES[language].items():
        assert sorted(PLACES.findall(english)) == sorted(PLACES.findall(translated)), english


def test_a_sentence_is_said_in_the_language_of_the_block():
    with speak("zh"):
        assert say("{count} classes", count=3) == "3 个类别"
    assert say("{count} classes", count=3) == "3 classes"
    with pytest.raises(UnknownNameError, match="language"), speak("tlh"):
        pass


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_MESSAGES": "zh_CN", "LANG": "en_GB.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environment, language):
    assert language_of_locale(environment) == language


def test_a_report_is_written_in_the_language_that_is_asked_for(iris, tmp_path):
    written = write_report(iris.path, tmp_path / "report.html", iris.job.dataset, 0.0, "zh").read_text()
    assert "<html lang=zh-CN>" in written
    for words in ("混淆矩阵", "训练曲线", "各层的状态", "验证集", "精确率"):
        assert words in written
    assert not [english for english in CATALOGUES["zh"] if len(english) > 40 and english in written]
