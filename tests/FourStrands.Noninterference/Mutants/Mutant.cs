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
    /// <summary>
    /// The seed of a history that shows it, for one that shows rarely: played first. Once histories are made in another way it may show nothing any more, and
    /// the fault is looked for among as many as any other; what then finds it is named in the test's output.
    /// </summary>
    public ulong? History { get; init; }

    /// <summary>True while no history is known that shows it: it is looked for when asked for by name, and a history that shows it is to be written down here.</summary>
    public bool IsRare { get; init; }

    public override string ToString() => Name;
}
