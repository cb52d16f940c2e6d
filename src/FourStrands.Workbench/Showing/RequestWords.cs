using FourStrands.Picture;

namespace FourStrands.Workbench.Showing;

/// <summary>Requests between agencies in plain words.</summary>
internal static class RequestWords
{
    /// <summary>What is asked.</summary>
    public static string Kind(RequestKind kind) =>
        kind switch
        {
            RequestKind.Access => "What do you know of this?",
            RequestKind.Release => "May others see this too?",
            _ => "You provided it: may we pass it on?",
        };

    /// <summary>Where it stands.</summary>
    public static string State(Answer? answer) =>
        answer is null ? "No answer yet"
        : answer.Agreed ? "Yes"
        : "No";

    /// <summary>The first words of a text.</summary>
    public static string First(string text) =>
        text.Length <= 80 ? text : string.Concat(text.AsSpan(0, text.LastIndexOf(' ', 80) is var at and > 20 ? at : 80), " …");
}
