using FourStrands.Picture;

namespace FourStrands.Workbench.Security;

/// <summary>
/// Nothing is shown before it is written down who asked for it: an answer waits until the log is kept, and where it cannot be kept there is
/// no answer.
/// </summary>
internal static class LoggedFirst
{
    public static void UseLoggedFirst(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<Gate>();
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(() =>
                    context.GetEndpoint()?.Metadata.GetMetadata<MayBeCached>() is null ? gate.FlushReadLog() : Task.CompletedTask
                );
                return next(context);
            }
        );
    }
}
