"""Models: how good each is and what it costs, what it confuses, and two side by side."""

from fmnist.models.published import published
from fmnist.ui.cache import usable_cards
from fmnist.ui.model_picker import chosen_model
from fmnist.ui.models.chart import model_chart
from fmnist.ui.models.views import chosen_view

model = chosen_model()
cards = usable_cards(model.dataset)
model_chart(cards, published(model.dataset.name))
chosen_view()(model, cards)
