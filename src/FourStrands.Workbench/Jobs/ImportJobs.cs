namespace FourStrands.Workbench.Jobs;

internal sealed class ImportJobs;
