"""How charts look: the inks of the NHS set, sizes in pixels of a picture 1600 wide, legible at 400."""

from typing import NamedTuple


class Font(NamedTuple):
    size: int
    bold: bool = False


WIDTH, HEIGHT = 1600, 900
EDGE = 40  # white space around a picture

PAPER = "#ffffff"
BAND = "#e8edee"  # the frozen baseline
GRID = "#d8dde0"
RANGE = "#c3cfd6"  # from the lowest to the highest team
POINT = QUIET = "#425563"  # points, and words of second rank: 8 to 1 against the paper
TEXT = MEDIAN = "#212b32"
BETTER = "#005eb8"  # blue
WORSE = "#d45f00"  # orange
GOAL = "#6f2c91"  # purple

SMOOTH = ("#6b7a85", "#97a3ab", "#5b96d0", "#b3cfea", "#e39a5c", "#f4d2b5", "#a57dbb")  # for edges, no more
PALETTE = (PAPER, BAND, GRID, RANGE, POINT, TEXT, BETTER, WORSE, GOAL, *SMOOTH)

SPACE = 0.4  # between words, with the room around their letters, as a share of the size of the font
CAPITAL = 0.73  # height of a capital letter as a share of the size of its font

TITLES = (Font(46, bold=True), Font(40, bold=True), Font(35, bold=True))  # the largest that fits
LABEL, LABEL_BOLD = Font(36), Font(36, bold=True)
SMALL, SMALL_BOLD = Font(31), Font(31, bold=True)
FINE = Font(28)  # the smallest, on a sheet of many charts
BADGE = Font(26, bold=True)

LINE, RULE, HAIR = 5, 4, 2  # widths of the data line, of median and goal, of the grid
DOT = 22
LINE_SMALL, DOT_SMALL = 3, 13
PROVISIONAL = (16, 12)  # dashes
GOAL_DASHES = (30, 9, 6, 9)
LIMIT_DASHES = (10, 7)
PHASE_DASHES = (6, 8)
NOTE_DASHES = (3, 7)
