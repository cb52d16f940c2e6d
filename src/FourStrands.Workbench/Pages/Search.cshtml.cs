using System.Diagnostics.CodeAnalysis;
using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Pages;

/// <summary>Find people, companies and things by any part of a name or number.</summary>
internal sealed class SearchModel(Gate gate) : SignedInPage(gate)
{
    public const int PageSize = 20;

    /// <summary>No page lies further on than this: beyond it a better question helps more.</summary>
    public const int LastPage = View.CountLimit / PageSize;

    public const int LongestText = 200;

    public string Text { get; private set; } = "";

    public Schema? Kind { get; private set; }

    public int Number { get; private set; } = 1;

    public SearchResults? Results { get; private set; }

    /// <summary>Agencies that ask to be contacted about exactly this.</summary>
    public IReadOnlyList<Pointer> Pointers { get; private set; } = [];

    public bool More => Results is { More: true } && Number < LastPage;

    public IActionResult OnGet(string? q, string? kind)
    {
        Text = (q ?? "").Trim();
        if (Text.Length > LongestText)
            Text = Text[..LongestText];
        Kind = TryKind(kind, out var schema) ? schema : null;
        Number = AskedPage(LastPage);
        if (Text.Length > 0)
        {
            Results = View.Search(Text, Kind, (Number - 1) * PageSize, PageSize);
            Pointers = View.Pointers(Text);
        }
        return Page();
    }

    /// <summary>The kinds that can be asked for, by group. From the ontology alone: which of them hold anything is not said.</summary>
    public static IEnumerable<IGrouping<SubjectGroup, Schema>> Kinds { get; } =
        Ontology.Default.Schemata.Where(Offered).OrderBy(s => s.Label, StringComparer.Ordinal).GroupBy(s => s.Group).OrderBy(g => g.Key).ToList();

    public string AddressOf(int number) =>
        $"/search?q={Uri.EscapeDataString(Text)}{(Kind is null ? "" : "&kind=" + Kind.Name)}{(number == 1 ? "" : $"&page={number}")}";

    /// <summary>A kind that can be asked for, by its name.</summary>
    public static bool TryKind(string? name, [NotNullWhen(true)] out Schema? kind)
    {
        kind = name is not null && Ontology.Default.TryGet(name, out var schema) && Offered(schema) ? schema : null;
        return kind is not null;
    }

    private static bool Offered(Schema schema) => !schema.IsAbstract && schema.Group != SubjectGroup.Tie;
}
