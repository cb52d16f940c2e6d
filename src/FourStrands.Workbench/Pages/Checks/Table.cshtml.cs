using FourStrands.Deter.Checks;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages.Checks;

/// <summary>The result as one table.</summary>
internal sealed class TableModel(Gate gate, CheckJobs jobs, WorkbenchOptions options) : CheckPage(gate, jobs, options)
{
    /// <summary>Rows on one page: the whole table is the CSV file's.</summary>
    private const int PageSize = 200;

    public int Number { get; private set; } = 1;

    public bool More { get; private set; }

    public IReadOnlyList<IReadOnlyList<string>> Rows { get; private set; } = [];

    public int All { get; private set; }

    public async Task<IActionResult> OnGet(RecordId id, CancellationToken cancellation)
    {
        if (await Load(id, orBefore: false, cancellation) is { } refused)
            return refused;
        if (Result is null)
            return Redirect($"/checks/{id}");
        List<IReadOnlyList<string>> all = [.. CheckTable.Rows(Result)];
        All = all.Count;
        Number = Math.Min(AskedPage(), Math.Max(1, (All + PageSize - 1) / PageSize));
        Rows = [.. all.Skip((Number - 1) * PageSize).Take(PageSize)];
        More = All > Number * PageSize;
        return Page();
    }
}
