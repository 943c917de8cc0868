"""Which drawing belongs to which chart: one way for paper and, as SVG, for a screen."""

from reportlab.graphics.shapes import Drawing

from workshop_app.report import charts, distributions, fonts, thread
from workshop_app.report.charts import Colours


def drawn(chart: charts.Chart, wide: float, colours: Colours | None = None) -> Drawing:
    """The drawing of a chart at a width in points, in paper's colours or others."""
    match chart:
        case charts.SpreadBar():
            return charts.spread_bar(chart.spread, min(wide, 66), colours=colours)
        case charts.WorthDoable():
            return charts.worth_doable(chart.points, chart.words, wide, colours)
        case charts.BalanceBar():
            return charts.balance_bar(dict(chart.places), wide, colours=colours)
        case charts.QrCode():
            return charts.qr_code(chart.matrix, min(wide, 110))
        case charts.ThreadFigure():
            return thread.draw(chart, wide)
        case charts.Histograms():
            return distributions.histograms(chart, wide, colours)
        case charts.RankedBars():
            return distributions.ranked_bars(chart, wide, colours)
        case charts.Links():
            return distributions.links(chart, wide, colours)


def svg(chart: charts.Chart, wide: float, colours: Colours) -> bytes:
    """The chart for a screen, `wide` units across. Safe in any thread."""
    fonts.ready()
    return charts.svg(drawn(chart, wide, colours))
