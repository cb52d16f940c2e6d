using FourStrands.Picture;

namespace FourStrands.Workbench.Pages.Releases;

/// <summary>What a release does, for whoever orders it and for whoever has to agree to it: both are shown the same, each as they see it.</summary>
/// <param name="Order">What is to be released.</param>
/// <param name="Preview">What that does, in the view of whoever looks.</param>
/// <param name="View">Their view.</param>
/// <param name="People">Who takes part.</param>
internal sealed record PreviewModel(ReleaseOrder Order, ReleasePreview Preview, View View, People People)
{
    /// <summary>True once it is ordered.</summary>
    public bool IsOrdered { get; init; }

    public bool IsAlert => Order.Kind == ReleaseKind.Alert;
}
