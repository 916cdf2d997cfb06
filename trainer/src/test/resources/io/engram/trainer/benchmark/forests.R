# Random forests of R's packages, fitted to permuted labels in turns:
#   Rscript forests.R FILE
# FILE (big-endian): rows, features, sets, classes, permutations (int32); features of the training
# rows and of each set (float32, row by row); labels of each permutation (int32). Answers each line
# "PACKAGE TREES PERMUTATION" with processor seconds and correct predictions of each set.
suppressMessages({
  library(ranger)
  library(randomForest)
})
con <- file(commandArgs(TRUE)[1], "rb")
size <- readBin(con, "integer", 5, endian = "big")
features <- function() {
  x <- matrix(readBin(con, "double", size[1] * size[2], size = 4, endian = "big"), size[1], byrow = TRUE)
  colnames(x) <- paste0("x", seq_len(size[2]))
  x
}
train <- features()
sets <- lapply(seq_len(size[3]), function(i) features())
labels <- lapply(seq_len(size[5]), function(i) {
  factor(readBin(con, "integer", size[1], endian = "big"), seq_len(size[4]) - 1)
})
close(con)
mtry <- floor(sqrt(size[2]))
cat("ranger", format(packageVersion("ranger")), "randomForest", format(packageVersion("randomForest")), "\n")
requests <- file("stdin")
open(requests)
while (length(line <- readLines(requests, 1)) > 0) {
  request <- strsplit(line, " ")[[1]]
  trees <- as.integer(request[2])
  b <- as.integer(request[3])
  y <- labels[[b + 1]]
  set.seed(b)
  gc()
  began <- proc.time()
  if (request[1] == "ranger") {
    forest <- ranger(
      x = train, y = y, num.trees = trees, mtry = mtry, min.node.size = 1, num.threads = 1, seed = b + 1,
      oob.error = FALSE
    )
    predicted <- lapply(sets, function(s) predict(forest, s, num.threads = 1)$predictions)
  } else {
    forest <- randomForest(train, y, ntree = trees, mtry = mtry, nodesize = 1)
    predicted <- lapply(sets, function(s) predict(forest, s))
  }
  taken <- proc.time() - began
  correct <- sapply(predicted, function(p) sum(p == y))
  cat(taken[1] + taken[2], correct, "\n")
}
