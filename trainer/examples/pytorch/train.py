"""Trains a small network with PyTorch, and streams what Engram's onset detectors go by.

    python3 train.py noisy-run --flipped 0.4        # raises ONSET
    python3 train.py clean-run                      # stays silent
    python3 train.py mnist-run --mnist DIR          # the files of MNIST, gzipped or not

Reproducible: one thread, one seed. Exit code 3 with --stop-at-onset where the run stopped itself.
"""

import argparse
import gzip
import os
import sys
import time

import torch
import torch.nn.functional as F

import engram

CLASSES, TRAINING, HOLDOUT, VALIDATION, CANARIES = 10, 1000, 500, 1000, 60
BATCH, RATE, LOOKS = 50, 0.02, 2  # looks at the monitored examples, in every epoch


def synthetic(n, generator):
    """Inputs around a mean of their class, with class-specific directions of variation."""
    fixed = torch.Generator().manual_seed(7)
    means = 0.55 * torch.randn(CLASSES, 100, generator=fixed)
    directions = 0.45 * torch.randn(CLASSES, 12, 100, generator=fixed)
    y = torch.randint(CLASSES, (n,), generator=generator)
    z = torch.randn(n, 12, generator=generator)
    x = means[y] + torch.einsum("nk,nkd->nd", z, directions[y])
    return x + 0.3 * torch.randn(n, 100, generator=generator), y


def mnist(folder, n, generator):
    def read(name, header):
        path = os.path.join(folder, name)
        with gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb") as file:
            return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)

    y = read("train-labels-idx1-ubyte", 8).long()
    chosen = torch.randperm(len(y), generator=generator)[:n]
    x = read("train-images-idx3-ubyte", 16).view(-1, 784)[chosen].float() / 255
    return (x - 0.1307) / 0.3081, y[chosen]


def redrawn(labels, share, generator):
    """Labels of which a share is drawn anew, uniformly from all classes."""
    chosen = torch.rand(len(labels), generator=generator) < share
    return torch.where(chosen, torch.randint(CLASSES, labels.shape, generator=generator), labels)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", help="name of the run: a-z, 0-9 and -")
    parser.add_argument("--flipped", type=float, default=0, help="share of labels drawn at random")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mnist", help="folder with the files of MNIST")
    parser.add_argument("--url", help="the collector (default: $ENGRAM_URL or this machine)")
    parser.add_argument("--stop-at-onset", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    generator = torch.Generator().manual_seed(options.seed)

    # The examples, by number: training, canaries, hold-out, validation.
    n = TRAINING + CANARIES + HOLDOUT + VALIDATION
    x, true = (mnist(options.mnist, n, generator) if options.mnist else synthetic(n, generator))
    ids = torch.arange(n)
    training, canary, holdout, validation = ids.split([TRAINING, CANARIES, HOLDOUT, VALIDATION])
    given = redrawn(true, options.flipped, generator)
    given[validation] = true[validation]
    # A canary's label is drawn uniformly from the classes other than its given one, so that
    # nothing but memory can prefer it. trueLabels says over which label it was drawn.
    over = given.clone()
    shift = torch.randint(1, CLASSES, (CANARIES,), generator=generator)
    given[canary] = (over[canary] + shift) % CLASSES
    trained = torch.cat([training, canary])
    steps = -(-len(trained) // BATCH)

    net = torch.nn.Sequential(
        torch.nn.Linear(x.shape[1], 128), torch.nn.ReLU(),
        torch.nn.Linear(128, 128), torch.nn.ReLU(), torch.nn.Linear(128, CLASSES))
    layers = [layer for layer in net if list(layer.parameters())]
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE, momentum=0.9)

    def norms(tensors):
        return [torch.cat([t.flatten() for t in of]).norm().item() for of in tensors]

    with engram.Run(
            options.run, options.url,
            dataset=dict(name="mnist" if options.mnist else "synthetic", classes=CLASSES,
                         trainingExamples=TRAINING, validationExamples=VALIDATION),
            noise=dict(labels="uniform" if options.flipped else "none", labelShare=options.flipped,
                       labelsFlipped=int((given != true)[training].sum())),
            network=dict(name="pytorch mlp", layers=["dense1", "dense2", "output"],
                         parameters=sum(p.numel() for p in net.parameters())),
            training=dict(optimizer="sgd, momentum 0.9", learningRate=RATE, batchSize=BATCH,
                          epochs=options.epochs, stepsPerEpoch=steps, seed=options.seed)) as run:
        for role, of in (("training", training), ("canary", canary), ("holdout", holdout)):
            run.describe(role, of, given[of], over[of] if role == "canary" else true[of])
        looked_at = {"training": training[:500], "holdout": holdout, "canary": canary}

        def look(epoch, step):
            net.eval()
            with torch.no_grad():
                run.look(epoch, step, {role: (of, net(x[of]).softmax(1))
                                       for role, of in looked_at.items()})
            net.train()

        def evaluate(epoch, step, seconds):
            evaluations = []
            net.eval()
            with torch.no_grad():
                for split, of, labels in (
                        ("train", training[given[training] == true[training]], "clean"),
                        ("train", training[given[training] != true[training]], "flipped"),
                        ("validation", validation, "clean")):
                    if len(of) > 0:
                        logits = net(x[of])
                        evaluations.append(dict(
                            split=split, labels=labels, examples=len(of),
                            correct=int((logits.argmax(1) == given[of]).sum()),
                            lossSum=float(F.cross_entropy(logits, given[of], reduction="sum"))))
            net.train()
            run.emit("EpochCompleted", epoch, step, evaluations=evaluations,
                     durationSeconds=seconds)

        step, seconds = 0, 0.0
        for epoch in range(options.epochs + 1):
            evaluate(epoch, step, seconds)
            if epoch == options.epochs:
                break
            began = time.perf_counter()
            order = trained[torch.randperm(len(trained), generator=generator)]
            for i, rows in enumerate(order.split(BATCH)):
                if i % -(-steps // LOOKS) == 0:
                    look(epoch, step)
                started = time.perf_counter()
                logits = net(x[rows])
                losses = F.cross_entropy(logits, given[rows], reduction="none")
                optimizer.zero_grad()
                losses.mean().backward()
                gradients = norms([[p.grad for p in layer.parameters()] for layer in layers])
                before = [[p.detach().clone() for p in layer.parameters()] for layer in layers]
                optimizer.step()
                took = time.perf_counter() - started

                # Canaries are left out of what is said of the training examples.
                kept = rows < TRAINING
                logits, losses = logits.detach()[kept], losses.detach()[kept]
                labels = given[rows[kept]]
                predicted = logits.argmax(1)
                own = logits.gather(1, labels[:, None])
                others = logits.scatter(1, labels[:, None], float("-inf")).amax(1)
                run.emit("StepCompleted", epoch, step, examples=len(labels),
                         correct=int((predicted == labels).sum()), lossSum=float(losses.sum()),
                         learningRate=RATE, durationSeconds=took)
                run.emit("ExamplesClassified", epoch, step, ids=rows[kept], given=labels,
                         predicted=predicted, loss=losses, margin=own[:, 0] - others)
                run.emit("GradientNormsMeasured", epoch, step, gradient=gradients,
                         update=norms([[p.detach() - q for p, q in zip(layer.parameters(), old)]
                                       for layer, old in zip(layers, before)]),
                         parameters=norms(before))
                step += 1
                if options.stop_at_onset and "onset" in run.raised:
                    run.finish("stopped", "stopped itself at the onset")
                    sys.exit(3)
            seconds = time.perf_counter() - began
    print(f"{options.run}: {step} steps, {sum(run.dropped.values())} events dropped,"
          f" raised: {', '.join(sorted(run.raised)) or 'nothing'}")


if __name__ == "__main__":
    main()
