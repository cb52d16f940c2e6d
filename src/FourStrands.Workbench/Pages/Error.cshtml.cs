using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FourStrands.Workbench.Pages;

/// <summary>
/// What went wrong, by kind and nothing more: not what was asked for, nor whether it exists for somebody else.
/// </summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
internal sealed class ErrorModel : PageModel
{
    public string Title { get; private set; } = "";

    public string Advice { get; private set; } = "";

    public void OnGet() => Show();

    public void OnPost() => Show();

    public void OnPut() => Show();

    public void OnDelete() => Show();

    public void OnPatch() => Show();

    public void OnOptions() => Show();

    /// <summary>From the address itself: a form that cannot be read would keep it from being bound, and must not look like an unknown address.</summary>
    private void Show()
    {
        int code = int.Parse((string)RouteData.Values["code"]!, NumberStyles.Integer, CultureInfo.InvariantCulture);
        (int status, Title, Advice) = code switch
        {
            400 => (
                400,
                "That could not be read",
                "The address or the form was not complete, or the page had been open for a long time. Go back, reload the page and try again."
            ),
            405 => (405, "That cannot be done here", "This address does not take what was sent to it."),
            413 => (413, "That is too large", "What you sent is larger than this page takes. Large files can be brought in with the command line."),
            429 => (429, "Too many attempts", "More came from where you are than people send. Wait a minute, then try again."),
            500 => (
                500,
                "Something went wrong",
                "The fault is ours, not yours. Nothing was half done. Try again; if it happens again, tell whoever runs this workbench what you were doing and when."
            ),
            _ => (404, "Page not found", "There is nothing at this address. If you typed it, check it; if you followed a link, the page may have gone."),
        };
        Response.StatusCode = status;
    }
}
