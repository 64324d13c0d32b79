"""Learn: the course, a lesson at a time, each with something that is really computed."""

from fmnist.ui.learn.view import chosen_lesson, lesson_view, overview

name = chosen_lesson()
if name:
    lesson_view(name)
else:
    overview()
