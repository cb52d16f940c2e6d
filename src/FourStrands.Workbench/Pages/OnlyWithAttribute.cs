using FourStrands.Picture;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace FourStrands.Workbench.Pages;

/// <summary>For whoever may not do <paramref name="power"/>, there is nothing at the page's address.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnlyWithAttribute(Power power) : Attribute, IPageFilter
{
    /// <summary>What one must be allowed to do.</summary>
    public Power Power => power;

    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HttpContext.Viewer()?.May(power) == true)
            return;
        context.HttpContext.Refuse();
        context.Result = new NotFoundResult();
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }
}
