"""Plots as SVG by hand: a stylesheet that follows light and dark, text as text, no script."""

import html
import math

WIDTH = 860
STYLE = """
  .paper { fill: #ffffff; stroke: #d9dee5; }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2733; }
  .title { font-size: 16px; font-weight: 600; }
  .small { font-size: 12px; fill: #5c6776; }
  .grid { stroke: #e6eaef; } .axis { stroke: #9aa5b3; }
  .range { stroke: #1f2733; stroke-width: 1.2; opacity: 0.55; }
  .goal { stroke: #c2410c; stroke-width: 1.6; stroke-dasharray: 4 3; }
  .s0 { fill: #2563eb; stroke: #2563eb; } .s1 { fill: #8a97a8; stroke: #8a97a8; }
  .s2 { fill: #c3ccd6; stroke: #c3ccd6; } .s3 { fill: #0f9d77; stroke: #0f9d77; }
  .s4 { fill: #b45309; stroke: #b45309; }
  .line { fill: none; stroke-width: 2.2; } .bar { stroke: none; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #12171e; stroke: #2b3440; }
    text { fill: #e4e9ef; } .small { fill: #9aa7b6; }
    .grid { stroke: #232b35; } .axis { stroke: #5b6877; } .range { stroke: #e4e9ef; }
    .goal { stroke: #fb923c; }
    .s0 { fill: #60a5fa; stroke: #60a5fa; } .s1 { fill: #7b8899; stroke: #7b8899; }
    .s2 { fill: #4c5866; stroke: #4c5866; } .s3 { fill: #34d399; stroke: #34d399; }
    .s4 { fill: #fbbf24; stroke: #fbbf24; }
  }"""


def _document(height, title, parts):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" role="img" aria-label="{html.escape(title)}">\n'
            f"<style>{STYLE}\n</style>\n"
            f'<rect class="paper" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>\n'
            + "\n".join(parts) + "\n</svg>\n")


def _text(x, y, text, kind="", anchor="start"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">'
            f"{html.escape(text)}</text>")


def _line(x1, y1, x2, y2, kind):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _nice_step(largest, steps):
    raw = largest / steps
    power = 10 ** math.floor(math.log10(raw))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= raw)


def short(number):
    for limit, name in ((1_000_000, "M"), (1_000, "k")):
        if number >= limit:
            return f"{number / limit:g}{name}"
    return f"{number:g}"


def bars(title, subtitle, groups, names):
    """`groups`: (label, [(series, spread, text) …]); one bar each, with its range as a whisker."""
    left, top, bar, gap = 262, 74, 17, 16
    right = 30 + 6.5 * max(len(text) for _, rows in groups for _, _, text in rows)
    largest = max(spread.high for _, rows in groups for _, spread, _ in rows)
    step = _nice_step(largest, 6)
    scale = (WIDTH - left - right) / (math.ceil(largest / step) * step)
    height = top + sum(len(rows) * (bar + 3) + gap for _, rows in groups) + 44
    bottom = height - 38
    parts = [_text(20, 30, title, "title"), _text(20, 50, subtitle, "small")]
    for n in range(math.ceil(largest / step) + 1):
        x = left + n * step * scale
        parts += [_line(x, top - 8, x, bottom, "grid"),
                  _text(x, bottom + 16, f"{n * step:,.0f}", "small", "middle")]
    y = top
    for label, rows in groups:
        middle = y + len(rows) * (bar + 3) / 2
        parts.append(_text(left - 12, middle + 3, label, "", "end"))
        for series, spread, text in rows:
            width = max(spread.median * scale, 1.5)
            centre = y + bar / 2
            parts += [f'<rect class="bar s{series}" x="{left}" y="{y}" width="{width:.1f}" height="{bar}" rx="2"/>',
                      _line(left + spread.low * scale, centre, left + spread.high * scale, centre, "range"),
                      _text(left + max(spread.high * scale, width) + 6, centre + 4.5, text, "small")]
            y += bar + 3
        y += gap
    parts.append(_line(left, top - 8, left, bottom, "axis"))
    x = WIDTH - 20
    for series, name in reversed(list(enumerate(names))):
        x -= 7 * len(name) + 6
        parts += [f'<rect class="bar s{series}" x="{x - 16:.1f}" y="20" width="11" height="11" rx="2"/>',
                  _text(x, 30, name, "small")]
        x -= 30
    return _document(height, title, parts)


def curves(title, subtitle, rows):
    """Rows of panels: (title, x name, [(name, [(x, spread) …]) …]); x is logarithmic."""
    top, panel_height, space = 96, 170, 54
    most = max(len(series) for row in rows for _, _, series in row)
    row_height = panel_height + 74 + 18 * most
    parts = [_text(20, 30, title, "title"), _text(20, 50, subtitle, "small")]
    colours = [0, 3, 4, 1]
    for r, panels in enumerate(rows):
        width = (WIDTH - 40 - space * len(panels)) / len(panels)
        above = top + r * row_height
        for n, (name, x_name, series) in enumerate(panels):
            left = 20 + space * (n + 1) - 8 + width * n
            below = above + panel_height
            parts += _panel(left, above, width, panel_height, series, colours)
            parts += [_text(left, above - 14, name),
                      _text(left + width, below + 34, x_name, "small", "end")]
            for line, (label, _) in enumerate(series):
                y = below + 52 + 18 * line
                parts += [_line(left, y - 4, left + 18, y - 4, f"line s{colours[line]}"),
                          _text(left + 24, y, label, "small")]
    return _document(top + row_height * len(rows) - 30, title, parts)


def _panel(left, top, width, height, series, colours):
    points = [point for _, rows in series for point in rows]
    low, high = math.log10(min(x for x, _ in points)), math.log10(max(x for x, _ in points))
    largest = max(spread.high for _, spread in points)
    step = _nice_step(largest, 4)
    ceiling = math.ceil(largest / step) * step
    bottom = top + height

    def at(x, y):
        share = (math.log10(x) - low) / (high - low) if high > low else 0.5
        return left + share * width, bottom - y / ceiling * height

    parts = []
    for n in range(round(ceiling / step) + 1):
        y = at(10 ** low, n * step)[1]
        parts += [_line(left, y, left + width, y, "axis" if n == 0 else "grid"),
                  _text(left - 6, y + 4, f"{n * step:g}", "small", "end")]
    for x in sorted({x for x, _ in points}):
        parts.append(_text(at(x, 0)[0], bottom + 17, short(x), "small", "middle"))
    for row, (_, rows) in enumerate(series):
        kind = f"s{colours[row]}"
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(x, s.median) for x, s in rows))
        parts.append(f'<polyline class="line {kind}" style="fill:none" points="{path}"/>')
        for x, spread in rows:
            cx, cy = at(x, spread.median)
            parts += [_line(cx, at(x, spread.low)[1], cx, at(x, spread.high)[1], "range"),
                      f'<circle class="{kind}" cx="{cx:.1f}" cy="{cy:.1f}" r="3"/>']
    return parts
