using System.Globalization;
using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace FourStrands.Workbench.Pages;

/// <summary>A page of somebody who is signed in: all it shows comes from their view.</summary>
internal abstract class SignedInPage(Gate gate) : PageModel
{
    private View? view;

    /// <summary>The store.</summary>
    protected Gate Gate => gate;

    /// <summary>Who asks.</summary>
    public Viewer Viewer => HttpContext.Viewer() ?? throw new InvalidOperationException("No page of this kind is served to somebody who is not signed in.");

    /// <summary>Which page of a long list is asked for; 1 is the first, and is meant by whatever is not a number.</summary>
    protected int AskedPage(int last = 10_000) =>
        int.TryParse(Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Math.Clamp(number, 1, last) : 1;

    /// <summary>All that they may see.</summary>
    public View View => view ??= gate.For(Viewer);

    /// <summary>Does something, and keeps what is wrong with it for the page.</summary>
    protected bool Try(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (PeopleException problem)
        {
            ModelState.Add(problem);
            return false;
        }
    }
}
