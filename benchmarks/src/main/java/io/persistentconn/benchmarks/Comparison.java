package io.persistentconn.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.persistentconn.benchmarks.Benchmarks.Effort;

/**
 * Measures contestants in turn, round by round, so that what slows the machine down slows
 * all of them down. The first one is the yardstick. The ratio is the median of the ratios
 * of the rounds.
 */
final class Comparison {

	private static final int MOST_WARM_UP_ROUNDS = 20;

	/** So many rounds in a row that are no faster end the warm-up. */
	private static final int ROUNDS_IN_VAIN = 3;

	private static final double FASTER = 1.02;

	private final String title;

	private final String unit;

	private final Map<String, Contestant> contestants = new LinkedHashMap<>();

	/**
	 * How many nanoseconds of CPU a contestant used so far, where that is of interest.
	 */
	private final Map<String, LongSupplier> cpus = new LinkedHashMap<>();

	Comparison(String title, String unit) {
		this.title = title;
		this.unit = unit;
	}

	Comparison add(String name, Contestant contestant) {
		this.contestants.put(name, contestant);
		return this;
	}

	/** Adds one whose use of CPU per piece of work is printed, too. */
	Comparison add(String name, Contestant contestant, LongSupplier cpu) {
		this.cpus.put(name, cpu);
		return add(name, contestant);
	}

	/** Warms up, measures, and prints a table. */
	Map<String, Double> run(Effort effort) throws Exception {
		List<String> names = List.copyOf(this.contestants.keySet());
		List<Contestant> contestants = List.copyOf(this.contestants.values());
		List<double[]> figures = new ArrayList<>();
		List<double[]> cpuFigures = new ArrayList<>();
		for (Contestant contestant : contestants) {
			warmUp(contestant, effort.round().toNanos());
		}
		for (int round = 0; round < effort.rounds(); round++) {
			double[] row = new double[names.size()];
			double[] cpuRow = new double[names.size()];
			for (int i = 0; i < row.length; i++) {
				LongSupplier cpu = this.cpus.getOrDefault(names.get(i), () -> 0);
				long cpuBefore = cpu.getAsLong();
				row[i] = contestants.get(i).measure(effort.round().toNanos());
				cpuRow[i] = (cpu.getAsLong() - cpuBefore) * 1e9 / (row[i] * effort.round().toNanos());
			}
			figures.add(row);
			cpuFigures.add(cpuRow);
		}
		System.out.printf("%n%s%n%-44s %14s %14s %14s %8s%s%n", this.title, "", "min", "median", "max", "ratio",
				this.cpus.isEmpty() ? "" : " %8s".formatted("CPU ns"));
		Map<String, Double> ratios = new LinkedHashMap<>();
		for (int i = 0; i < names.size(); i++) {
			int column = i;
			double[] sorted = figures.stream().mapToDouble((row) -> row[column]).sorted().toArray();
			double[] ratio = figures.stream().mapToDouble((row) -> row[column] / row[0]).sorted().toArray();
			double[] cpu = cpuFigures.stream().mapToDouble((row) -> row[column]).sorted().toArray();
			ratios.put(names.get(i), median(ratio));
			System.out.printf("%-44s %14.0f %14.0f %14.0f %8.2f%s   %s%n", names.get(i), sorted[0], median(sorted),
					sorted[sorted.length - 1], median(ratio),
					this.cpus.isEmpty() ? "" : " %8.0f".formatted(median(cpu)), this.unit);
		}
		return ratios;
	}

	/**
	 * Works until that gets no faster: compilers that share the CPU with what they
	 * compile take ten seconds and more, and would slow down whoever is measured.
	 */
	private static void warmUp(Contestant contestant, long nanos) throws Exception {
		double best = 0;
		int inVain = 0;
		for (int round = 0; round < MOST_WARM_UP_ROUNDS && inVain < ROUNDS_IN_VAIN; round++) {
			double figure = contestant.measure(nanos);
			inVain = (figure > best * FASTER) ? 0 : inVain + 1;
			best = Math.max(best, figure);
		}
	}

	static double median(double[] sorted) {
		double[] copy = Arrays.copyOf(sorted, sorted.length);
		int middle = copy.length / 2;
		return (copy.length % 2 == 1) ? copy[middle] : (copy[middle - 1] + copy[middle]) / 2;
	}

	/** Does its work for some time. */
	interface Contestant {

		/**
		 * Works.
		 * @param nanos for how long
		 * @return how much it did, a second
		 */
		double measure(long nanos) throws Exception;

	}

}
