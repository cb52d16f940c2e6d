namespace FourStrands.Picture;

/// <summary>
/// What makes a record worth looking at for one job: something that it says itself, or that another record names it. Questions
/// that would find thousands can be asked for those alone. Make one for each job and keep it: the picture remembers, for each,
/// which records to look at.
/// </summary>
public sealed class Interest
{
    private readonly bool[] kinds;
    private readonly bool[] naming;
    private readonly Func<string, bool>?[] says;

    /// <summary>Makes it.</summary>
    /// <param name="ontology">The ontology whose properties are meant.</param>
    /// <param name="kinds">Records of these kinds are of interest, whatever is said of them.</param>
    /// <param name="namedBy">A record named by one of these properties of another record is of interest.</param>
    /// <param name="says">A record that says one of these of itself is of interest if its value is; the same value always answers alike.</param>
    public Interest(
        Ontology ontology,
        IEnumerable<Schema> kinds,
        IEnumerable<Property> namedBy,
        IEnumerable<(Property Property, Func<string, bool> Value)> says
    )
    {
        this.kinds = new bool[ontology.Schemata.Count];
        foreach (var kind in kinds)
            this.kinds[kind.Number] = true;
        naming = new bool[ontology.Properties.Count];
        this.says = new Func<string, bool>?[naming.Length];
        foreach (var property in namedBy)
            naming[property.Number] = true;
        foreach (var (property, value) in says)
            this.says[property.Number] = value;
    }

    /// <summary>Are records of this kind of interest?</summary>
    internal bool Is(int schema) => kinds[schema];

    /// <summary>Does this property point at a record of interest?</summary>
    internal bool Names(ushort property) => naming[property];

    /// <summary>Decides on a value of this property; null if the property makes nothing of interest.</summary>
    internal Func<string, bool>? Says(ushort property) => says[property];
}
