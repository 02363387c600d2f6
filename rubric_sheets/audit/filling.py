"""How the tables of the store follow from what was said of each input: DuckDB unfolds the JSON."""

from __future__ import annotations

from .schema import NUMBER

_PLACE = '{"paragraph":"INTEGER","table":"INTEGER","row":"INTEGER","column":"INTEGER","page":"INTEGER","sheet":"VARCHAR","cell":"VARCHAR"}'  # noqa: E501 -- one shape a line
_QUOTED = f'{{"quote":"VARCHAR","place":{_PLACE}}}'
_FINDING = f'{{"code":"VARCHAR","severity":"VARCHAR","sheet":"VARCHAR","cell":"VARCHAR","message":"VARCHAR","expected":"VARCHAR","actual":"VARCHAR","fix":"VARCHAR","evidence":[{_QUOTED}]}}'  # noqa: E501
_STATEMENT = f'{{"kind":"VARCHAR","holds":"VARCHAR","claimed":"VARCHAR","exact":"VARCHAR","how":"VARCHAR","quote":"VARCHAR","place":{_PLACE}}}'  # noqa: E501
_INDICATOR = '{"id":"VARCHAR","levels":["VARCHAR"],"weight":"VARCHAR","status":"VARCHAR","ratio":"VARCHAR","computed":"VARCHAR","claimed":"VARCHAR","score":"VARCHAR","reason":"VARCHAR"}'  # noqa: E501
_SAID = '{"report":"VARCHAR","file":"VARCHAR","rubric":"VARCHAR","usable":"BOOLEAN","complete":"BOOLEAN","raw":"VARCHAR","base":"VARCHAR","bonus":"VARCHAR","penalty":"VARCHAR","total":"VARCHAR","grade":"VARCHAR"}'  # noqa: E501
_MORE = '{"unit":"VARCHAR","code":"VARCHAR","project":"VARCHAR","year":"VARCHAR","title":"VARCHAR","version":"VARCHAR","hash":"VARCHAR","full_marks":"VARCHAR","claimed":"VARCHAR","claimed_grade":"VARCHAR"}'  # noqa: E501
_VERIFIED = '{"engine":"VARCHAR","cells":"INTEGER","same":"INTEGER","rounded":"INTEGER","differs":"INTEGER","unable":"INTEGER","invalid":["VARCHAR"],"failed":"VARCHAR","listed":[["VARCHAR"]]}'  # noqa: E501

# A number as the store has it.
_FIGURE = f"CREATE OR REPLACE TEMP MACRO figure(text) AS TRY_CAST(text AS {NUMBER});"
# A place in words, as a report's own Spot says it.
_SPOT = """CREATE OR REPLACE TEMP MACRO spot(one) AS CASE
  WHEN one.sheet <> '' THEN one.sheet || '!' || one.cell
  WHEN one."table" > 0 THEN coalesce('第 ' || one.page || ' 页', '') || '表 ' || one."table"
    || ' 第 ' || one."row" || ' 行第 ' || one."column" || ' 列'
  WHEN one.paragraph > 0 THEN coalesce('第 ' || one.page || ' 页', '') || '第 ' || one.paragraph
    || ' 段' END;"""
MACROS = _FIGURE + _SPOT

# The documents of the units that `fresh` lists → rows of the other tables, in this order.
FILL = f"""
CREATE OR REPLACE TEMP TABLE documents AS
  SELECT inputs.* FROM inputs JOIN fresh USING (unit) ORDER BY unit;

INSERT INTO findings
  SELECT unit, position, one.code, one.severity, one.sheet, one.cell,
    CASE WHEN one.cell <> '' THEN one.sheet || '!' || one.cell
      ELSE coalesce(nullif(one.sheet, ''), spot(one.evidence[1].place)) END,
    one.evidence[1].quote, one.message, one.expected, one.actual, one.fix FROM (
    SELECT unit, unnest(found) AS one, generate_subscripts(found, 1) AS position FROM (
      SELECT unit, from_json(said, '{{"findings":[{_FINDING}]}}').findings AS found
      FROM documents));

INSERT INTO statements
  SELECT unit, position, one.kind, one.holds, one.claimed, one.exact, one.how, spot(one.place),
    one.quote FROM (
    SELECT unit, unnest(found) AS one, generate_subscripts(found, 1) AS position FROM (
      SELECT unit, from_json(said, '{{"statements":[{_STATEMENT}]}}').statements AS found
      FROM documents));

INSERT INTO scores
  SELECT unit, position, one.id, one.levels[-1], groups[one.id], one.levels, figure(one.weight),
    one.status,
    figure(one.ratio), figure(one.computed), figure(one.claimed), figure(one.score), one.reason
  FROM (
    SELECT unit, unnest(found) AS one, generate_subscripts(found, 1) AS position, groups FROM (
      SELECT unit, from_json(said, '{{"indicators":[{_INDICATOR}]}}').indicators AS found,
        from_json(more, '{{"groups":"MAP(VARCHAR,VARCHAR)"}}').groups AS groups
      FROM documents));

INSERT INTO facts
  SELECT unit, one[1]::INTEGER, one[2], one[3]::INTEGER, one[4], one[5], figure(one[5]) FROM (
    SELECT unit, unnest(from_json(more, '{{"facts":[["VARCHAR"]]}}').facts) AS one FROM documents);

INSERT INTO ratios
  SELECT unit, one[1]::INTEGER, one[2], figure(one[3]) FROM (
    SELECT unit, unnest(from_json(more, '{{"ratios":[["VARCHAR"]]}}').ratios) AS one
    FROM documents);

INSERT INTO claims
  SELECT unit, one[1]::INTEGER, one[2], one[3], one[4], figure(one[4]), one[5] FROM (
    SELECT unit, unnest(from_json(more, '{{"claims":[["VARCHAR"]]}}').claims) AS one
    FROM documents);

CREATE OR REPLACE TEMP TABLE opinions AS
  SELECT unit, from_json(more, '{{"verified":{_VERIFIED}}}').verified AS v FROM documents;

INSERT INTO verified
  SELECT unit, v.engine, v.cells, v.same, v.rounded, v.differs, v.unable, v.invalid, v.failed
  FROM opinions WHERE v IS NOT NULL;

INSERT INTO differences
  SELECT unit, one[1], one[2], one[3], one[4], one[5], one[6] FROM (
    SELECT unit, unnest(v.listed) AS one FROM opinions);

INSERT INTO units
  SELECT unit, documents_of.file, CASE WHEN s.report IS NOT NULL THEN 'report'
      WHEN s.file IS NOT NULL THEN 'submission' ELSE 'book' END,
    m.unit, m.code, bureau, m.project, TRY_CAST(figure(m.year) AS INTEGER),
    split_part(s.rubric, ' ', 1), m.title, m.version, m.hash,
    coalesce(s.usable, s.rubric IS NOT NULL), s.complete, figure(m.full_marks), figure(s.raw),
    figure(s.base), figure(s.bonus), figure(s.penalty), figure(s.total), figure(m.claimed),
    s.grade, m.claimed_grade, coalesce(errors, 0), coalesce(warnings, 0),
    coalesce(notes, 0)
  FROM (
    SELECT unit, file, from_json(said, '{_SAID}') AS s, from_json(more, '{_MORE}') AS m
    FROM documents) AS documents_of
  LEFT JOIN (
    SELECT unit, count(*) FILTER (severity = 'error') AS errors,
      count(*) FILTER (severity = 'warning') AS warnings,
      count(*) FILTER (severity = 'note') AS notes
    FROM findings JOIN fresh USING (unit) GROUP BY unit) USING (unit)
  LEFT JOIN (
    SELECT unit, first(value ORDER BY part) AS bureau FROM facts JOIN fresh USING (unit)
    WHERE name = '主管部门' AND list IS NULL GROUP BY unit) USING (unit);
"""  # noqa: S608 -- of texts that stand here
