from dataclasses import replace

from fmnist.ui.models.card import facts
from tests.models.test_card import CARD


def test_what_was_not_measured_is_left_out() -> None:
    told = facts(CARD)
    assert told["Test accuracy"] == "90.00 %, 95 % interval 89.40–90.57"
    assert not {
        "Learnt from",
        "Calibration error",
        "A prediction",
        "File",
        "Over seeds",
        "Photos",
    } & set(told)


def test_all_that_was_measured_is_told() -> None:
    metrics = {
        **CARD.metrics,
        "ece": 0.0083,
        "ece_untempered": 0.0123,
        "seed_accuracy/1": 0.93,
        "seed_accuracy/2": 0.95,
        "multiply_adds": 7_599_872.0,
        "milliseconds": 0.091,
        "bytes": 972_108.0,
        "epochs": 20.0,
        "training_seconds": 3180.9,
        "photo_balanced_accuracy/shop": 0.82,
        "photo_n/shop": 1603.0,
        "photo_interval_low/shop": 0.79,
        "photo_interval_high/shop": 0.85,
        "photo_worn/street": 0.9,
    }
    configuration = {"teacher": "resnet,everyday", "seed": 3}
    told = facts(
        replace(
            CARD,
            metrics=metrics,
            temperature=1.25,
            machine="2 cores",
            configuration=configuration,
        )
    )
    assert told["Calibration error"] == "0.83 %; 1.23 % before its temperature of 1.25"
    assert told["Over seeds"] == "94.00 %, the mean of 2, standard deviation 1.41 %"
    assert told["A prediction"] == "7.6 million multiply-adds, 0.091 ms with LiteRT"
    assert told["File"] == "0.972 MB"
    assert told["Trained"].startswith("20 epochs in 53 min 01 s on 2 cores from seed 3; ")
    assert told["Taught by"] == "resnet, everyday"
    shop = "82.00 %, mean of the classes, of 1,603; 95 % interval 79.00–85.00"
    assert told["Photos, shop"] == shop
    assert told["Photos, street"] == "90.00 %, one of the things worn"


def test_each_source_is_named_with_its_licence() -> None:
    sources = (
        {"name": "Clothing dataset", "what": "people's own photos", "licence": "CC0"},
        {"name": "Caltech-101", "what": "things", "licence": "CC BY 4.0"},
    )
    told = facts(replace(CARD, sources=sources))["Learnt from"]
    assert told == "Clothing dataset (CC0), people's own photos; Caltech-101 (CC BY 4.0), things"
