"""The report of a run: one page of HTML that needs nothing else, to read on a phone and on paper.

``evidence.py`` has what is known of a run, ``sections/`` what is told of it, a part a file, ``charts/`` how it is
drawn, ``page.py`` puts them together, ``write.py`` keeps it within its time.
"""

from pellucid.report_page.write import write_report

__all__ = ["write_report"]
