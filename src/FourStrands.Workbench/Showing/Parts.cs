using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>A search box on a page.</summary>
internal sealed record SearchBox(string Id, string Text, string Label, bool Large);

/// <summary>The message above a field that was not accepted.</summary>
internal sealed record QuestionError(string Field);

/// <summary>Where a value comes from, as one viewer reads it.</summary>
/// <param name="Said">The statement.</param>
/// <param name="Viewer">Who reads it.</param>
/// <param name="Tie">Of a tie: what it says, in words, where the value itself would be an identifier.</param>
internal sealed record SaidBy(Said Said, Viewer Viewer, string Tie = "");

/// <summary>A bar of evidence from one point to another on a scale.</summary>
internal sealed record Bar(double From, double To, double Least, double Most, string Kind);

/// <summary>Links to the page before and the page after.</summary>
/// <param name="Page">This one; 1 is the first.</param>
/// <param name="More">True if another follows.</param>
/// <param name="Address">The address of a page.</param>
internal sealed record Pager(int Page, bool More, Func<int, string> Address);

/// <summary>What is said of an entity, by property.</summary>
internal sealed record Facts(RecordId Entity, IReadOnlyList<IGrouping<Property, Said>> Properties, Viewer Viewer);

/// <summary>Those to whom an entity is tied in one way.</summary>
internal sealed record ConnectionTable(string Phrase, IReadOnlyList<Connection> Connections, Viewer Viewer);
