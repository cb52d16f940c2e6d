using System.Reflection;
using FourStrands.Noninterference.Histories;

namespace FourStrands.Noninterference.Differential;

/// <summary>What a view offers and nobody asks about is not proven.</summary>
public sealed class QuestionTests
{
    /// <summary>Asked with every history by other means than a question.</summary>
    private static readonly string[] AskedOtherwise =
    [
        "Viewer", // what was given to Gate.For
        "CountLimit", // a constant
        "Commit",
        "Reject",
        "Dispose", // every import act
        "AddUtf8",
        "LongestValue",
        "MostRejections", // as Add; constants
    ];

    [Fact]
    public void Every_public_member_of_a_view_has_a_question()
    {
        var asked = Asker.Kinds.SelectMany(k => k(Sample()).Members.Split(' ')).Concat(AskedOtherwise).ToHashSet(StringComparer.Ordinal);
        var offered = new[] { typeof(View), typeof(ImportSession) }
            .SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m is not MethodInfo { IsSpecialName: true } && m is not ConstructorInfo)
            .Select(m => m.Name)
            .Distinct(StringComparer.Ordinal);
        Assert.Empty(offered.Except(asked, StringComparer.Ordinal));
    }

    [Fact]
    public void Both_ways_of_screening_are_asked() => Assert.Equal(2, typeof(View).GetMethods().Count(m => m.Name == nameof(View.Screen)));

    [Fact]
    public void The_gate_offers_views_and_nothing_else()
    {
        string[] known = ["Open", "For", "IsNew", "FlushReadLog", "Dispose"];
        var offered = typeof(Gate)
            .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m is not MethodInfo { IsSpecialName: true } && m is not ConstructorInfo)
            .Select(m => m.Name)
            .Distinct(StringComparer.Ordinal);
        Assert.Empty(offered.Except(known, StringComparer.Ordinal));
    }

    private static Asker Sample() => new(new Dice(1), [], new Dictionary<Act, Outcome>());
}
