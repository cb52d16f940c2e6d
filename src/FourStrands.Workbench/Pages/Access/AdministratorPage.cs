using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>For everybody but administrators there is nothing at the page's address.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AdministratorsOnlyAttribute : Attribute, IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HttpContext.Viewer()?.May(Power.Administer) != true)
            context.Result = new NotFoundResult();
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }
}

/// <summary>A page for administrators.</summary>
[AdministratorsOnly]
internal abstract class AdministratorPage(Gate gate) : SignedInPage(gate)
{
    /// <summary>A link that was made just now, to be handed on; shown this once.</summary>
    public string? NewLink { get; private set; }

    /// <summary>For whom it is.</summary>
    public string NewLinkFor { get; private set; } = "";

    /// <summary>What was done just now, in a sentence.</summary>
    public string Done { get; protected set; } = "";

    protected People People => Gate.People;

    /// <summary>How a link is written that works once.</summary>
    protected void Show(string secret, string whose) => (NewLink, NewLinkFor) = ($"{Request.Scheme}://{Request.Host}/come-in?link={secret}", whose);

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
            ModelState.AddModelError(problem.Field, problem.Message);
            return false;
        }
    }
}
