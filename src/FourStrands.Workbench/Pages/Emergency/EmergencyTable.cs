using FourStrands.Picture;

namespace FourStrands.Workbench.Pages.Emergency;

/// <summary>Emergency accesses as a table.</summary>
/// <param name="Caption">What they are.</param>
/// <param name="All">The accesses, the latest first.</param>
/// <param name="Now">The time.</param>
/// <param name="Watched">True for those who watch over them: then it says who, and lets them end one.</param>
internal sealed record EmergencyTable(string Caption, IReadOnlyList<EmergencyAccess> All, DateTimeOffset Now, bool Watched);
