using FourStrands.Picture;

namespace FourStrands.Deter.Checks;

/// <summary>The label of something put together from several: only who may see every part may see the whole.</summary>
internal static class Markings
{
    /// <summary>The highest classification, the agencies that all of them name, every compartment.</summary>
    public static Label Of(IEnumerable<Label> labels) => labels.Aggregate(Label.Public, (all, label) => all.Join(label));
}
