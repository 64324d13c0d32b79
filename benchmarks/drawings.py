"""How many real drawings get the right answer, and whether other things are told from them."""

from benchmarks.figure import Figure
from benchmarks.folders import PLAIN, Folders, counted, default, ensemble, folder_of, share
from fmnist.evaluation.ood_probes import measure_ood
from fmnist.evaluation.significance import Share
from fmnist.models import default_store
from fmnist.preprocessing import ModelInputs, Picture, drawing_to_image, drawing_to_raw_image
from fmnist.preprocessing.strokes import draw_strokes, read_strokes


def measure() -> list[Figure]:
    """Answer the Quick, Draw! drawings, ``.ndjson`` files, of ``FMNIST_TEST_DRAWINGS``.

    Raises:
        NotMeasuredError: if there is no such folder.
    """
    root = folder_of("FMNIST_TEST_DRAWINGS")
    folders = Folders.of(
        {
            path.stem: [
                draw_strokes(read_strokes(line, path.name))
                for line in path.read_bytes().splitlines()
            ]
            for path in sorted(root.glob("*.ndjson"))
        }
    )
    filled, raw = folders.preprocessed(_filled), folders.preprocessed(_raw)
    best = folders.evaluate(default(), filled)
    probes = measure_ood(
        ensemble(default()).classifier, best.ood, {"drawings": best.in_distribution}, flips=True
    )
    what = "balanced accuracy"
    figures = [
        share(f"{what}, our steps, `{default()}`", best.balanced_accuracy, 0.9),
        share(f"{what}, our steps, `{PLAIN}`", folders.evaluate(PLAIN, filled).balanced_accuracy),
        *(
            share(
                f"{what}, only shrunk, `{model}`",
                folders.evaluate(model, raw, flips=False).balanced_accuracy,
            )
            for model in (PLAIN, default())
        ),
        share(
            f"AUROC, {', '.join(probes.probes)} told from the ten",
            probes.auroc("all", "drawings"),
            0.97,
        ),
    ]
    figures += [
        share(
            f"AUROC, {kind} alone",
            probes.auroc(kind, "drawings"),
            0.95 if kind in ("things", "icons") else None,
        )
        for kind in probes.probes
    ]
    threshold = default_store().card(default()).ood_threshold
    called = Share.of(best.in_distribution > threshold) if threshold is not None else None
    what = "drawn garments called unfamiliar"
    return [*figures, counted(what, called, 0.05, "low")] if called else figures


def _filled(drawing: Picture) -> ModelInputs | None:
    image = drawing_to_image(drawing)
    return None if image is None else ModelInputs(image)


def _raw(drawing: Picture) -> ModelInputs | None:
    image = drawing_to_raw_image(drawing)
    return None if image is None else ModelInputs(image)
