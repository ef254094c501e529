"""The one child that draws for all tests of a worker: to start it and load matplotlib takes a second."""

from handlers.drawing import Drawing

DRAWING = Drawing(limit_s=20)
