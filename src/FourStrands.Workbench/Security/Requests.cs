using FourStrands.Picture;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace FourStrands.Workbench.Security;

/// <summary>Accepts an identifier in its one written form and nothing else; what is not one is an unknown address.</summary>
internal sealed class RecordIdConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out object? value) && (value is RecordId || RecordId.TryParse(value as string, null, out _));
}

/// <summary>A page that has no handler for a method answers that it does not take it, instead of showing itself half made.</summary>
internal sealed class HandledMethodsOnly : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        // A page without any handler has nothing to do but be shown.
        bool isOnlyShown = context.ActionDescriptor.HandlerMethods.Count == 0 && IsRead(context.HttpContext.Request.Method);
        if (context.HandlerMethod is null && !isOnlyShown)
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
}

internal static class UploadLimits
{
    /// <summary>Refuses a body that says it is larger than the page takes before any of it is read, with a page that says so.</summary>
    public static void UseUploadLimits(this IApplicationBuilder app) =>
        app.Use(
            static (context, next) =>
            {
                // The page that says so is not itself in the way.
                if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
                    return next(context);
                var declared = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>();
                long? limit = declared is null ? WorkbenchApplication.SmallestLimit : declared.MaxRequestBodySize;
                if (limit is { } most && context.Request.ContentLength > most)
                {
                    // The server takes what comes for some seconds more and throws it away: a browser that is still sending would else
                    // show that the connection was broken, and not the page that says why.
                    if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } open)
                        open.MaxRequestBodySize = null;
                    context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                    return Task.CompletedTask;
                }

                // One that does not say is stopped where it passes the limit.
                if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                    size.MaxRequestBodySize = limit;
                return next(context);
            }
        );
}
