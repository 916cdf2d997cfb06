"""Training steps in PyTorch, plain or with the measurements of Engram's TrainingStep, and searches
for critical samples.

Started with the number of threads. Reads lines "NETWORK plain|measured|search STEPS", takes the
steps (or searches), and answers each with a line "CPU_SECONDS WALL_SECONDS" of them all. The first
line says what computes.
"""

import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

BATCH = 128
RATE = 0.01

SEARCHED = 1_000
ITERATIONS = 10
RADIUS = 0.3 / 255


class Problem:
    def __init__(self, name):
        torch.manual_seed(1)
        if name == "cnn-c":
            self.classes = 2
            self.sigmoid = True
            self.x = torch.randn(BATCH, 1, 28, 28)
            self.layers = [
                nn.Conv2d(1, 32, 3),
                nn.ReLU(),
                nn.Conv2d(32, 64, 3),
                nn.ReLU(),
                nn.MaxPool2d(2),
                nn.Flatten(),
                nn.Linear(9216, 16),
                nn.ReLU(),
                nn.Linear(16, 2),
            ]
        else:
            sizes = [int(size) for size in name.split(":")[1].split("-")]
            self.classes = sizes[-1]
            self.sigmoid = False
            self.x = torch.randn(BATCH, sizes[0])
            self.layers = []
            for inputs, units in zip(sizes, sizes[1:]):
                self.layers += [nn.Linear(inputs, units), nn.ReLU()]
            self.layers.pop()
        self.y = torch.arange(BATCH) % self.classes
        self.rows = torch.arange(BATCH)
        self.one_hot = F.one_hot(self.y, self.classes).float()
        self.trained = [layer for layer in self.layers if list(layer.parameters())]
        self.optimizer = torch.optim.SGD(
            [p for layer in self.trained for p in layer.parameters()], lr=RATE)

    def losses(self, logits):
        if self.sigmoid:
            return F.binary_cross_entropy_with_logits(
                logits, self.one_hot, reduction="none").mean(1)
        return F.cross_entropy(logits, self.y, reduction="none")

    def logits(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def search(self):
        """Engram's search: no gradient by a parameter, flips read from the gradient pass's own
        logits, found examples dropped, noise from a table drawn beforehand."""
        if not hasattr(self, "searched"):
            self.searched = torch.randn(SEARCHED, *self.x.shape[1:])
            self.table = torch.randn(1 << 22)
        parameters = [p for layer in self.layers for p in layer.parameters()]
        for parameter in parameters:
            parameter.requires_grad_(False)
        x = self.searched.clone()
        lower, upper = x - RADIUS, x + RADIUS
        predicted = None
        found = 0
        for iteration in range(ITERATIONS):
            x.requires_grad_(True)
            logits = self.logits(x)
            if predicted is None:
                predicted = logits.argmax(1)
            if self.sigmoid:
                loss = F.binary_cross_entropy_with_logits(
                    logits, F.one_hot(predicted, self.classes).float(), reduction="sum")
            else:
                loss = F.cross_entropy(logits, predicted, reduction="sum")
            gradient, = torch.autograd.grad(loss, x)
            with torch.no_grad():
                x = x.detach()
                kept = logits.argmax(1) == predicted
                if not kept.all():
                    found += len(kept) - int(kept.sum())
                    x, gradient, predicted = x[kept], gradient[kept], predicted[kept]
                    lower, upper = lower[kept], upper[kept]
                at = 7919 * iteration
                noise = self.table[at:at + x.numel()].view_as(x)
                x.add_(gradient.sign_(), alpha=RADIUS * 0.25 / 0.3)
                x.add_(noise, alpha=RADIUS * 0.2 / 0.3).clamp_(lower, upper)
        with torch.no_grad():
            found += int((self.logits(x).argmax(1) != predicted).sum())
        for parameter in parameters:
            parameter.requires_grad_(True)
        return found

    def plain(self):
        self.optimizer.zero_grad(set_to_none=True)
        x = self.x
        for layer in self.layers:
            x = layer(x)
        self.losses(x).mean().backward()
        self.optimizer.step()

    def measured(self):
        self.optimizer.zero_grad(set_to_none=True)
        x = self.x.requires_grad_(True)
        x.grad = None
        squares = []

        def keep_delta(index, input_squares):
            def hook(delta):
                # The loss is a mean: an example's own delta is BATCH times as large.
                squares[index] = (input_squares + 1) * delta.square().sum(1) * BATCH**2

            return hook

        values = x
        for layer in self.layers:
            inputs = values
            values = layer(values)
            if isinstance(layer, nn.Linear):
                with torch.no_grad():
                    input_squares = inputs.square().sum(1)
                squares.append(None)
                values.register_hook(keep_delta(len(squares) - 1, input_squares))
        losses = self.losses(values)
        losses.mean().backward()
        with torch.no_grad():
            predicted = values.argmax(1)
            given = values[self.rows, self.y]
            others = values.masked_fill(self.one_hot.bool(), float("-inf")).amax(1)
            by_input = x.grad.flatten(1)
            examples = [
                predicted,
                losses,
                given - others,
                by_input.abs().sum(1) * BATCH,
                by_input.square().sum(1).sqrt() * BATCH,
                torch.stack(squares).sqrt(),
                sum(squares).sqrt(),
            ]
            correct = (predicted == self.y).sum().item()
            loss = losses.sum().item()
            norms = []
            for layer in self.trained:
                gradients = torch._foreach_norm([p.grad for p in layer.parameters()])
                parameters = torch._foreach_norm(list(layer.parameters()))
                gradient = torch.stack(gradients).norm()
                norms += [gradient, torch.stack(parameters).norm(), RATE * gradient]
            norms = torch.stack(norms).tolist()
        self.optimizer.step()
        return [values.detach().numpy() for values in examples], correct, loss, norms


def main():
    torch.set_num_threads(int(sys.argv[1]))
    problems = {}
    print("PyTorch", torch.__version__, "with", torch.get_num_threads(), "threads", flush=True)
    for line in sys.stdin:
        name, mode, steps = line.split()
        if name not in problems:
            problems[name] = Problem(name)
        step = getattr(problems[name], mode)
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in range(int(steps)):
            step()
        print(time.process_time() - cpu, time.perf_counter() - wall, flush=True)


if __name__ == "__main__":
    main()
