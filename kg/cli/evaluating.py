"""Commands that judge the reading of claims against gold, and that draft gold."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.inputs import claims_of, finish, read
from kg.cli.program import count, main, plain_errors, say
from kg.options import PATH, claims_option, form_option, model_option, out_option, paths_argument
from kg.sinks import Sink

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.articles.model import Rejection
    from kg.claims.gold.model import Gold
    from kg.claims.gold.reading import Statements
    from kg.claims.gold.report import Form
    from kg.claims.gold.scoring import Evaluation


@main.command()
@click.argument("golds", nargs=-1, required=True, type=PATH, metavar="GOLD_DIR…")
@claims_option
@click.option("--against", type=PATH, metavar="FILE", help="Compare with the claims of this file.")
@click.option("--by-kind", is_flag=True, help="Show each kind, and which is taken for which.")
@click.option("--misses", is_flag=True, help="Show what is missed, false or differs, in context.")
@click.option("--reliability", "bands", is_flag=True, help="Show whether confidence holds.")
@click.option("--check", "checking", is_flag=True, help="Check the gold files instead.")
@click.option(
    "--min-score", type=click.FloatRange(0, 1), help="Exit with status 1 where the score is lower."
)
@form_option("table", "json", "markdown")
@model_option
@out_option
def evaluate(
    golds: tuple[Path, ...],
    given: Path | None,
    against: Path | None,
    by_kind: bool,
    misses: bool,
    bands: bool,
    checking: bool,
    min_score: float | None,
    form: Form,
    model: str | None,
    out: Sink,
) -> None:
    """Judge claims against gold: <id>.txt with what a careful reader found in it, <id>.json.

    Without --claims the articles of GOLD_DIR are read. The score is the mean of the F1 of claims
    and that of roles, by the relaxed rule; with --against --misses only faults that one of the
    two has are shown. --check says what is wrong with gold files, and which are drafts.

    \b
    Example:
        kg evaluate corpus/batch-1 --by-kind
        kg evaluate corpus/batch-1 --reliability -f markdown
        kg evaluate corpus --check
    """
    if checking:
        _refuse_beside_check(given, against, bands, misses, by_kind, min_score is not None)
        _check(golds, form, out)
        return
    if bands and (against or misses or by_kind):
        raise click.UsageError("--reliability stands alone; leave the other views out")
    with plain_errors():
        from kg.claims.gold.reading import read_gold, read_statements
        from kg.claims.gold.scoring import evaluate as judge

        read_in = read_gold(golds)
        statements, rejections = _statements(golds, given, model)
        first = judge(read_in, statements)
        _tell(read_in, first)
        if bands:
            text = _reliability(first, form)
        elif against:
            other = read_statements(against)
            names = _names(given, against)
            text = _side_by_side(read_in, (statements, other), names, by_kind, misses, form)
        else:
            text = _figures(read_in, statements, by_kind, misses, form)
        out.write(text)
    _finish(rejections, first.tally.score, min_score)


@main.command()
@paths_argument
@click.option("-o", "--out", "folder", type=PATH, required=True, help="Folder of gold to add to.")
@click.option("--force", is_flag=True, help="Replace gold that is there.")
@claims_option
@model_option
def annotate(
    paths: tuple[str, ...], folder: Path, force: bool, given: Path | None, model: str | None
) -> None:
    """Draft the gold of articles from what the rules read, for a human to correct.

    Each article gives its text, its metadata and its claims; what is still to do stands in them
    as `todo`. Text, metadata and gold that are there stay, unless gold is to be replaced.

    \b
    Example:
        kg annotate articles/raw-materials.md -o gold
    """
    from kg.claims.gold.drafting import refuse_loss, write_draft

    with plain_errors():
        corpus = read(paths)
        for article in corpus.articles:  # before any is read, so that all are drafted or none
            refuse_loss(folder, article, force)
        found, _ = claims_of(corpus, given, model)
        for article in corpus.articles:
            claims = [claim for claim in found if claim.article == article.id]
            draft = write_draft(folder, article, claims, force)
            say(f"{draft}: {count(len(claims), 'claim')} to review")
    say(f"next: correct them, then kg evaluate --check {folder}")
    finish(corpus.rejections)


def _refuse_beside_check(*others: object) -> None:
    if any(others):
        raise click.UsageError("--check judges the gold alone; leave the other options out")


def _check(golds: Sequence[Path], form: Form, out: Sink) -> None:
    """Write the findings about gold files; there being any is the exit status."""
    from kg.claims.gold.checking import check
    from kg.claims.gold.reading import gold_files
    from kg.claims.gold.report import findings_text

    with plain_errors():
        found = check(golds)
        out.write(findings_text(found, form))
        files = count(len(gold_files(golds)), "gold file")
        say(f"{files}: {count(len(found), 'finding') if found else 'in order'}")
    sys.exit(1 if found else 0)


def _statements(
    golds: Sequence[Path], given: Path | None, model: str | None
) -> tuple[Statements, Sequence[Rejection]]:
    """Give the claims to judge: those of a file, or what is read in the articles now."""
    from kg.claims.gold.reading import gold_files, read_statements, statements_of

    if given:
        return read_statements(given), ()
    corpus = read(str(path.with_suffix(".txt")) for path in gold_files(golds))
    found, _ = claims_of(corpus, None, model)
    return statements_of(found), corpus.rejections


def _tell(golds: Sequence[Gold], evaluation: Evaluation) -> None:
    """Say what a reader of the figures should know about what went in."""
    drafts = [gold.id for gold in golds if gold.drafts]
    if drafts:
        say(f"counted as gold although not reviewed: {', '.join(drafts)}")
    if evaluation.strangers:
        say(f"left out: {count(evaluation.strangers, 'claim')} of articles that have no gold")


def _figures(
    golds: Sequence[Gold], statements: Statements, by_kind: bool, misses: bool, form: Form
) -> str:
    from kg.claims.gold import casebook, confusion, context, report
    from kg.claims.gold.matching import EXACT
    from kg.claims.gold.scoring import evaluate as judge

    relaxed, exact = judge(golds, statements), judge(golds, statements, EXACT)
    named = [("relaxed", relaxed.tally), ("exact", exact.tally)]
    tables = [report.figures_table(named, len(golds))]
    if by_kind:
        table = report.confusion_table(confusion.confusion(relaxed))
        tables += [report.kinds_table(relaxed, exact), table]
    found = context.cases(relaxed) if misses else ()
    values = report.evaluation_values(relaxed, exact)
    if misses:
        values["cases"] = casebook.case_values(found)
    text = report.written(tables, values, form)
    return text if form == "json" else text + casebook.cases_text(found, form)


def _side_by_side(
    golds: Sequence[Gold],
    runs: tuple[Statements, Statements],
    names: tuple[str, str],
    by_kind: bool,
    misses: bool,
    form: Form,
) -> str:
    from kg.claims.gold import casebook, context, report, significance
    from kg.claims.gold.matching import EXACT
    from kg.claims.gold.scoring import evaluate as judge

    first, second = (judge(golds, run) for run in runs)
    found = significance.differences(first, second)
    tables = [report.comparison_table(found, names, len(golds))]
    if by_kind:
        tables.append(report.kinds_comparison_table(first, second, names))
    values: dict[str, Any] = {
        name: {"name": title} | report.evaluation_values(run, judge(golds, claims, EXACT))
        for name, title, run, claims in zip(
            ("first", "second"), names, (first, second), runs, strict=True
        )
    }
    values["differences"] = report.difference_values(found)
    parts = context.apart(first, second) if misses else ((), ())
    if misses:
        values["cases"] = {
            name: casebook.case_values(part)
            for name, part in zip(("first", "second"), parts, strict=True)
        }
    text = report.written(tables, values, form)
    if form == "json" or not misses:
        return text
    titled = zip(names, parts, strict=True)
    return text + "".join(casebook.cases_text(part, form, f"Only {name}") for name, part in titled)


def _reliability(evaluation: Evaluation, form: Form) -> str:
    from kg.claims.gold import report
    from kg.claims.gold.reliability import reliability_of

    found = reliability_of(evaluation)
    return report.written([report.reliability_table(found)], report.reliability_values(found), form)


def _names(given: Path | None, against: Path) -> tuple[str, str]:
    """Name two runs by their files, apart."""
    first = given.name if given else "rules"
    second = against.name if against.name != first else str(against)
    return (first if first != second else "first"), second


def _finish(rejections: Sequence[Rejection], score: float, least: float | None) -> None:
    """End with status 1 where the score is too low, or something was skipped."""
    if least is not None and score < least:
        click.echo(f"score {score:.3f} is below {least}", err=True)
    finish(rejections)
    sys.exit(1 if least is not None and score < least else 0)
