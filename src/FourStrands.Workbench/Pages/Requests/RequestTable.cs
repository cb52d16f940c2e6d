using FourStrands.Picture;

namespace FourStrands.Workbench.Pages.Requests;

/// <summary>Requests as a table.</summary>
/// <param name="Caption">What they are.</param>
/// <param name="Requests">The requests.</param>
/// <param name="View">For the agencies' names.</param>
/// <param name="ToUs">True if others ask.</param>
internal sealed record RequestTable(string Caption, IReadOnlyList<Request> Requests, View View, bool ToUs);
