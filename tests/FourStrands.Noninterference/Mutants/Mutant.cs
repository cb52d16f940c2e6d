namespace FourStrands.Noninterference.Mutants;

/// <summary>One place where a mutant's source differs.</summary>
/// <param name="File">The file, under src/FourStrands.Picture, or under src if it begins with another project's name.</param>
/// <param name="Find">Text that occurs in it exactly once; blanks and line ends do not matter.</param>
/// <param name="Replace">What stands there instead.</param>
internal sealed record Edit(string File, string Find, string Replace)
{
    /// <summary>The file, under src.</summary>
    public string Path => File.StartsWith("FourStrands.", StringComparison.Ordinal) ? File : "FourStrands.Picture/" + File;
}

/// <summary>A gate with a fault: a leak as somebody might write it.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Edits">How.</param>
internal sealed record Mutant(string Name, params IReadOnlyList<Edit> Edits)
{
    /// <summary>True if it takes more cases to find than a test run has time for: found by the explicit test, before a release.</summary>
    public bool IsRare { get; init; }

    public override string ToString() => Name;
}
