using System.Text.RegularExpressions;

namespace FourStrands.Noninterference.Http;

/// <summary>
/// All that may differ between two answers to the same request, with the reason. What is not named here is compared byte for byte.
/// </summary>
internal static class Declared
{
    /// <summary>Kestrel's clock: the time of the answer, whatever the answer is.</summary>
    public static bool IsVariable(string header) => header == "Date";

    /// <summary>The cookies of signing in, of passkeys and of forms hold random, encrypted values. Their names and attributes are compared.</summary>
    public static string Cookie(string value) => CookieValue.Replace(value, "$1=…");

    /// <summary>The token that guards a form: random in every page. And what else is said below.</summary>
    public static string Body(string body) =>
        ((Regex[])[FormToken, Link, AppKey, MachineKey, Signed, Note, Challenge]).Aggregate(body, (shown, declared) => declared.Replace(shown, "$1…"));

    /// <summary>Routes that never show anything, whoever asks; every other must have shown something to somebody by the end of a run.</summary>
    public static IEnumerable<string> ShowsNothing { get; } =
    [
        // Where requests that went wrong are answered: whatever the method, and always with the code of what went wrong.
        "GET /error/{code:int}",
        "POST /error/{code:int}",
        "PUT /error/{code:int}",
        "DELETE /error/{code:int}",
        "PATCH /error/{code:int}",
        "OPTIONS /error/{code:int}",
        // Asked without the token that guards it, so that nobody is signed out.
        "POST /sign-out",
        // Without a provider there is nowhere to be sent.
        "POST /sign-in/agency",
    ];

    private static Regex CookieValue { get; } = new("^(fourstrands|fourstrands-form|fourstrands-passkey)=[A-Za-z0-9_-]+", RegexOptions.NonBacktracking);

    /// <summary>The secret of a link that lets somebody in: random, and shown to whoever made it; with the port, of which each store has its own.</summary>
    private static Regex Link { get; } = new("(value=\")http://127.0.0.1:[0-9]+/come-in\\?link=[A-Za-z0-9_-]{43}", RegexOptions.NonBacktracking);

    /// <summary>The key of an authenticator app, in the page that a link opens: random; as it is shown, drawn, and carried by the form.</summary>
    private static Regex AppKey { get; } = new("(name=\"kept\" value=\"|Key: <code>|<path d=\")[^\"<]+", RegexOptions.NonBacktracking);

    /// <summary>A key that was made for a machine: random, and shown to whoever made it.</summary>
    private static Regex MachineKey { get; } = new("(value=\")fs_[0-9a-z]{58}", RegexOptions.NonBacktracking);

    /// <summary>
    /// The log as it is signed: the key is random in every store, and so are the salt of each entry and all that is made of the two. How many entries there are is
    /// compared, and what they say.
    /// </summary>
    private static Regex Signed { get; } =
        new(
            "(\"salt\":\"|\"publicKey\":\"|With the key</dt><dd><code>|\"checkpoint\":\"fourstrands log of [a-z-]+\\\\n[0-9]+\\\\n)[^\"<]+",
            RegexOptions.NonBacktracking
        );

    /// <summary>A checkpoint by itself: as above.</summary>
    private static Regex Note { get; } = new("^(fourstrands log of [a-z-]+\n[0-9]+\n)[^<]+", RegexOptions.NonBacktracking);

    /// <summary>What a passkey is asked to sign: random each time.</summary>
    private static Regex Challenge { get; } = new("(\"challenge\":\")[A-Za-z0-9_-]{43}\"", RegexOptions.NonBacktracking);

    private static Regex FormToken { get; } = new("(name=\"form-token\" type=\"hidden\" value=\")[A-Za-z0-9_-]+", RegexOptions.NonBacktracking);
}
