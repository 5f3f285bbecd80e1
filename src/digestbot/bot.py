"""The bot: the pipeline with its plan and its tools in hand, for Python and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo

from digestbot import desk, memory, pipeline
from digestbot.contract import printed_day, span_of
from digestbot.editions import Plan, day_of, edition_at
from digestbot.errors import ConfigError, ModelUnavailableError
from digestbot.issue import entries_of, told_before
from digestbot.ledger import Ledger, Progress, silent
from digestbot.model import (
    Choice,
    Cluster,
    Commentary,
    Digest,
    Edition,
    Entry,
    Explanation,
    Feed,
    FeedFigures,
    FeedState,
    Lesson,
    Message,
    Post,
    Remark,
    Report,
    Status,
    Story,
    Summary,
    Taste,
    Told,
)
from digestbot.pipeline import Tools
from digestbot.ports import Model
from digestbot.results import Evidence, Result, Results
from digestbot.stages.collect import Collected, visit
from digestbot.stages.compose import compose
from digestbot.stages.dedupe import dedupe
from digestbot.stages.embed import embed
from digestbot.stages.pick import choices_of
from digestbot.stages.publish import publish
from digestbot.stages.read import read
from digestbot.stages.recall import recall
from digestbot.stages.render import render
from digestbot.stages.taste import key_of
from digestbot.stages.tellings import tellings

MONTH = timedelta(days=30)
"""How far back feeds are counted, and entries found that an editor picks."""

PING = (Message(role="user", text="Reply with the single word: pong"),)


class Bot:
    """Makes editions: whole with :meth:`run`, or stage by stage.

    Each stage takes what the one before gave and works on the same edition;
    a plain list does as well, then with ``edition=`` (default: today's).
    A bot holds its state folder open: close it, or use it in a ``with`` block.
    """

    def __init__(
        self,
        *,
        plan: Plan,
        tools: Tools,
        open_model: Callable[[], Model | None],
        close: Callable[[], None],
        clock: Callable[[], datetime],
    ) -> None:
        self.plan = plan
        self._tools = tools
        self._open_model = open_model
        self._close = close
        self._clock = clock
        self._model: Model | None = None

    def __enter__(self) -> Bot:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the state folder."""
        self._close()

    # --- the whole -----------------------------------------------------------

    def run(
        self,
        *,
        date: date | str | None = None,
        month: str | None = None,
        week: str | None = None,
        now: datetime | str | None = None,
        force: bool = False,
        dry_run: bool = False,
        progress: Progress = silent,
    ) -> Result:
        """Make the edition of *date* (default: today's), and return what came of it.

        Where the format is of a month or a week, it is made of what the store has
        kept of that; *month* (``2026-08``) and *week* (``2026-W34``) name one.
        An existing post is left alone unless *force*; *dry_run* writes no post.
        *progress* is told the name of each stage as it begins. Raises
        ``ConfigError`` for a date to come, ``EditionLockedError`` or
        ``StoreError`` where the state folder cannot be used; all other
        failures are in the result's report.
        """
        moment = self._moment(now)
        day = day_of(date, month=month, week=week, period=self.plan.period)
        edition = edition_at(self.plan, now=moment, day=day)
        path = pipeline.post_path(edition, plan=self.plan, format=self._tools.format)
        idle = path.exists() and not (force or dry_run)
        model = None if idle else self._open_model()
        ledger = Ledger(edition=edition, started=moment, model=model, progress=progress)
        tools = replace(self._tools, model=model)
        return pipeline.run(
            plan=self.plan, tools=tools, ledger=ledger, force=force, dry_run=dry_run
        )

    def edition(
        self, *, date: date | str | None = None, now: datetime | str | None = None
    ) -> Edition:
        """Return the edition of *date* as of *now*: its window and its zone."""
        return edition_at(self.plan, now=self._moment(now), day=self._day(date))

    # --- the desk: what there was, and why ---------------------------------------

    def look(
        self,
        *,
        date: date | str | None = None,
        now: datetime | str | None = None,
        fresh: bool = False,
        progress: Progress = silent,
    ) -> Report:
        """Return the record of *date*'s edition (default: today's): what was ranked, and why.

        That of its last run, if it had any; otherwise, and with *fresh*, the
        feeds are visited and their stories ranked now, without making a post.
        """
        moment = self._moment(now)
        edition = edition_at(self.plan, now=moment, day=self._day(date))
        tools = self._with_model()
        ledger = Ledger(edition=edition, started=moment, model=tools.model, progress=progress)
        return desk.look(plan=self.plan, tools=tools, ledger=ledger, fresh=fresh)

    def stories(
        self,
        *,
        date: date | str | None = None,
        now: datetime | str | None = None,
        fresh: bool = False,
    ) -> Results[Story]:
        """Return the day's ranked stories, best first, as :meth:`look` finds them.

        The remarks say why those that were not chosen were left out.
        """
        report = self.look(date=date, now=now, fresh=fresh)
        return desk.ranked_stories(report, plan=self.plan)

    def explain(
        self, asked: int | str | None = None, *, date: date | str | None = None
    ) -> Explanation:
        """Return what became of something in *date*'s edition (default: the last), and why.

        *asked* is a story's number, an entry's or a feed's address, or words of
        a title; without it, the whole edition is explained. Raises
        ``ConfigError`` where there is no record of that day, or no such number.
        """
        text = "" if asked is None else str(asked).strip()
        return desk.explained(
            text, day=self._first_day(date), plan=self.plan, store=self._tools.store
        )

    def evidence(self, *, date: date | str | None = None) -> Evidence:
        """Return what each sentence of *date*'s post (default: the last one's) rests on.

        It shows itself in a notebook, and has the page for a browser. Raises
        ``ConfigError`` where nothing is kept of that post.
        """
        dossier, report, edited = desk.evidence(
            day=self._first_day(date), plan=self.plan, store=self._tools.store
        )
        return Evidence(dossier=dossier, report=report, edited=edited)

    # --- stage by stage --------------------------------------------------------

    def collect(
        self, *, date: date | str | None = None, now: datetime | str | None = None
    ) -> Results[Entry]:
        """Visit the feeds and return the entries of the edition's window, newest first."""
        moment = self._moment(now)
        edition = edition_at(self.plan, now=moment, day=self._day(date))
        collected = entries_of(
            edition,
            plan=self.plan,
            fetcher=self._tools.fetcher,
            store=self._tools.store,
            now=moment,
        )
        return Results.of(collected.entries, edition=edition, remarks=collected.remarks)

    def dedupe(
        self, entries: Sequence[Entry], *, edition: Edition | None = None
    ) -> Results[Cluster]:
        """Return the news that these entries tell."""
        edition, tools = self._edition_of(entries, edition), self._tools
        if tools.embedder is None:
            return Results.of(dedupe(entries), edition=edition)
        rows, remarks = embed(
            entries, embedder=tools.embedder, store=tools.store, executor=tools.executor
        )
        return Results.of(dedupe(entries, rows=rows), edition=edition, remarks=remarks)

    def recall(
        self, clusters: Sequence[Cluster], *, edition: Edition | None = None
    ) -> Results[Cluster]:
        """Return the news that no other edition has told, and follow-ups of what one has."""
        edition = self._edition_of(clusters, edition)
        told = told_before(edition, plan=self.plan, store=self._tools.store)
        fresh, remarks = recall(clusters, told=told, edition=edition)
        return Results.of(fresh, edition=edition, remarks=remarks)

    def rank(
        self, clusters: Sequence[Cluster], *, edition: Edition | None = None
    ) -> Results[Story]:
        """Return the edition's stories, best first, each with the reasons for its score."""
        edition = self._edition_of(clusters, edition)
        stories, _, remarks = pipeline.pick(
            clusters,
            edition=edition,
            plan=self.plan,
            tools=self._with_model(),
        )
        return Results.of(stories, edition=edition, remarks=remarks)

    def read(self, stories: Sequence[Story], *, edition: Edition | None = None) -> Results[Story]:
        """Return the stories with the text of their pages, where their feeds want that."""
        edition = self._edition_of(stories, edition)
        told, remarks = read(stories, fetcher=self._tools.fetcher, store=self._tools.store)
        return Results.of(told, edition=edition, remarks=remarks)

    def summarize(
        self, stories: Sequence[Story], *, edition: Edition | None = None
    ) -> Results[Summary]:
        """Return the stories in our words, or in the publisher's where the model fails."""
        edition = self._edition_of(stories, edition)
        tools = self._with_model()
        summaries, remarks = pipeline.retell(stories, edition=edition, tools=tools)
        told, more = pipeline.at_length(summaries, edition=edition, tools=tools)
        return Results.of(told, edition=edition, remarks=[*remarks, *more])

    def comment(
        self, summaries: Sequence[Summary], *, edition: Edition | None = None
    ) -> Commentary:
        """Return the editor's lead, commentary and categories."""
        edition = self._edition_of(summaries, edition)
        commentary, _ = pipeline.editorial(summaries, edition=edition, tools=self._with_model())
        return commentary

    def compose(
        self,
        summaries: Sequence[Summary],
        commentary: Commentary,
        *,
        edition: Edition | None = None,
    ) -> Digest:
        """Return all of the post before layout."""
        edition = self._edition_of(summaries, edition)
        return compose(edition, summaries, commentary, format=self._tools.format)

    def render(self, digest: Digest) -> Post:
        """Return the post that *digest* makes, with the place where it belongs."""
        text = render(digest, format=self._tools.format, language=self.plan.language)
        first, _ = span_of(self.plan.period, digest.front_matter.date.date())
        name = printed_day(self._tools.format.file_name, first)
        return Post(path=self.plan.folder / name, text=text)

    def publish(self, post: Post, summaries: Sequence[Summary], *, force: bool = False) -> Status:
        """Put *post* in its place and remember that its stories were told."""
        edition = self._edition_of(summaries, None)
        told = tellings(summaries, edition=edition)
        with self._tools.store.lock(timeout=pipeline.LOCK_WAIT):
            return publish(post, edition=edition, told=told, store=self._tools.store, force=force)

    # --- the memory ----------------------------------------------------------------

    def memory(self, *what: str) -> Results[Told]:
        """Return the stories that were told, the newest edition first.

        With *what* only those that it names: links, days of editions, words of
        headlines. A link or words mean all that was told of a story.
        """
        return self._stories(self._told(*what))

    def rebuild_memory(self, folder: str | Path) -> Results[Told]:
        """Read the posts under *folder* back, and return the stories of editions not yet known.

        The remarks name files that are no posts, and editions that are known.
        """
        with self._tools.store.lock(timeout=pipeline.LOCK_WAIT):
            learnt, remarks = memory.rebuild(
                Path(folder), plan=self.plan, format=self._tools.format, store=self._tools.store
            )
        return self._stories(learnt, remarks)

    def forget(self, *what: str) -> Results[Told]:
        """Forget the stories that *what* names, so that they may be told again; return them."""
        with self._tools.store.lock(timeout=pipeline.LOCK_WAIT):
            told = self._told(*what) if what else []
            self._tools.store.forget(told)
        return self._stories(told)

    def bar(self, *what: str) -> Results[Told]:
        """Never let the stories that *what* names be told again, not even with news; return them.

        They are found as in what was told; :meth:`forget` undoes it.
        """
        with self._tools.store.lock(timeout=pipeline.LOCK_WAIT):
            told = self._told(*what) if what else []
            self._tools.store.bar(told)
        return self._stories(told)

    # --- taste --------------------------------------------------------------------

    def pick(self, *stories: int | str) -> list[Choice]:
        """Note that these were rightly ranked high: numbers of the latest edition, or links.

        Later editions follow, a little with each choice (:meth:`taste`). Raises
        ``ConfigError`` for a story that is not there.
        """
        return self._choose(stories, picked=True)

    def drop(self, *stories: int | str) -> list[Choice]:
        """Note that these should not have been there; otherwise as :meth:`pick`."""
        return self._choose(stories, picked=False)

    def choices(self) -> list[Choice]:
        """Return all that was picked and dropped, in order, with their numbers."""
        return self._tools.store.choices()

    def taste(self) -> Taste:
        """Return what the choices have taught: each source and word, with its value."""
        return pipeline.taste_of(self._tools.store, now=self._clock())

    def undo_choice(self, number: int | None = None) -> Choice:
        """Take back the choice with this number, by default the last; return it."""
        kept = self.choices()
        found = [each for each in kept if number in (None, each.number)]
        if not found:
            what = "there is no choice to take back" if number is None else f"no choice {number}"
            raise ConfigError("choice", what)
        self._tools.store.take_back(found[-1].number)
        return found[-1]

    def forget_taste(self, subject: str) -> Lesson:
        """Forget what was learned of a source or a word so far; return the lesson."""
        taste = self.taste()
        for lesson in (*taste.sources, *taste.words):
            if key_of(lesson.subject) == key_of(subject):
                self._tools.store.forget_taste(key_of(subject), moment=self._clock())
                return lesson
        raise ConfigError("taste", f"nothing was learned of {subject!r}")

    def _choose(self, stories: Sequence[int | str], *, picked: bool) -> list[Choice]:
        now, store = self._clock(), self._tools.store
        report = store.report(self.plan.name)
        made = choices_of(
            stories,
            report.candidates if report else (),
            entries=store.entries(self.plan.feeds, since=now - MONTH, until=now),
            picked=picked,
            made=now,
        )
        store.save_choices(made)
        return made

    # --- the plan and its health -----------------------------------------------

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """The feeds of this bot's plan."""
        return self.plan.feeds

    def feed_states(self) -> dict[str, FeedState]:
        """Return what is known of the feeds from earlier visits, by address."""
        return self._tools.store.feed_states()

    def feed_figures(self) -> dict[str, FeedFigures]:
        """Return what each feed brought in the last 30 days, by address."""
        return self._tools.store.feed_figures(since=self._clock() - MONTH)

    def check_feeds(self) -> Collected:
        """Visit every feed now, those that are resting or retired, too; return how each is."""
        moment = self._moment(None)
        return visit(
            self.plan.feeds,
            edition=edition_at(self.plan, now=moment),
            fetcher=self._tools.fetcher,
            store=self._tools.store,
            now=moment,
        )

    def check_model(self) -> str:
        """Make one tiny call; return the model's name, or "" where none is set.

        Raises a ``ModelError`` that says what is wrong.
        """
        model = self._open_model()
        if model is None:
            return ""
        if not model.complete(PING, fresh=True).text.strip():
            raise ModelUnavailableError("the endpoint answered with nothing", model=model.name)
        return model.name

    # --- helpers -----------------------------------------------------------------

    def _told(self, *what: str) -> list[Told]:
        told = self._tools.store.told(since=memory.EVER)
        if not what:
            return told
        return list(dict.fromkeys(each for one in what for each in memory.matching(told, one)))

    def _stories(self, told: Sequence[Told], remarks: Sequence[Remark] = ()) -> Results[Told]:
        return Results.of(memory.stories_of(told), edition=self.edition(), remarks=remarks)

    def _with_model(self) -> Tools:
        if self._model is None:
            self._model = self._open_model()
        return replace(self._tools, model=self._model)

    def _edition_of(self, nouns: Iterable[object], edition: Edition | None) -> Edition:
        if edition is not None:
            return edition
        return nouns.edition if isinstance(nouns, Results) else self.edition()

    def _moment(self, now: datetime | str | None) -> datetime:
        if now is None:
            return self._clock().astimezone(UTC)
        try:
            moment = datetime.fromisoformat(now) if isinstance(now, str) else now
        except ValueError:
            raise ConfigError("now", f"{now!r} is no moment; write 2026-06-01T08:00") from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(self.plan.timezone))
        return moment.astimezone(UTC)

    def _day(self, given: date | str | None) -> date | None:
        return day_of(given, period=self.plan.period)

    def _first_day(self, given: date | str | None) -> date | None:
        """The date of the edition that the given day is in."""
        day = self._day(given)
        return day and span_of(self.plan.period, day)[0]
