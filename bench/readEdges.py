"""Reads an edge CSV as a Python program would, with the csv module: ids to numbers by a dictionary, weights to floats.

Usage: readEdges.py FILE READINGS; prints the median in milliseconds.
"""
import array
import csv
import sys
import time


def read(path):
    index = {}
    source, target, weight = array.array("i"), array.array("i"), array.array("d")
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        for first, second, value in rows:
            source.append(index.setdefault(first, len(index)))
            target.append(index.setdefault(second, len(index)))
            weight.append(float(value))
    return len(index), len(source)


times = []
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    read(sys.argv[1])
    times.append((time.perf_counter() - start) * 1000)
print(sorted(times)[len(times) // 2])
