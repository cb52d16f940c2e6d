using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace FourStrands.Workbench.Pages;

/// <summary>
/// Of a form with a large file no more is read from whoever may not bring one in than of any other form, and nothing while their last one is still being sent: it would lie on
/// the disk. So this is asked before the form's own token is, which stands in the form.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class BeforeTheFileAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>After the page's own limit is set (900), and before the form is read for its token (1000).</summary>
    public int Order => 950;

    /// <summary>A form that was sent twice by mistake is broken off once the second is on its way, which waits for that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || http.Viewer() is not { } viewer)
            return;
        if (!viewer.May(Power.BringIn))
        {
            if (http.Request.ContentLength > WorkbenchApplication.SmallestLimit)
            {
                http.Refuse();
                context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
            }
            else if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = WorkbenchApplication.SmallestLimit;
            }
            return;
        }
        var jobs = http.RequestServices.GetRequiredService<ImportJobs>();
        for (var waited = TimeSpan.Zero; ; waited += Step)
        {
            if (jobs.Turn(viewer) is { } turn)
            {
                http.Response.RegisterForDispose(turn);
                return;
            }
            if (waited >= Patience || jobs.Of(viewer) is { Runs: true })
                break;
            await Task.Delay(Step, http.RequestAborted);
        }
        context.Result = new RedirectResult("/sources/import/progress");
    }
}
