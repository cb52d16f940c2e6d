using Microsoft.AspNetCore.Identity;

namespace FourStrands.Workbench.Security;

/// <summary>What is demanded of passkeys, by ASP.NET Core Identity's own handler.</summary>
internal static class PasskeyServices
{
    public static void AddPasskeys(this IServiceCollection services, WorkbenchOptions options)
    {
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddSingleton<PasskeyChallenges>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // How the program was started, never what a request says of itself.
            passkeys.ServerDomain = DomainOf(options);
            passkeys.ValidateOrigin = context =>
                ValueTask.FromResult(
                    !context.CrossOrigin
                        && string.IsNullOrEmpty(context.TopOrigin)
                        && string.Equals(context.Origin, OriginOf(options, context.HttpContext.Connection.LocalPort), StringComparison.Ordinal)
                );
            // The device and a finger, a face or a number: two factors in one.
            passkeys.UserVerificationRequirement = "required";
            // So that nobody has to say who they are first, and no name can be tried.
            passkeys.ResidentKeyRequirement = "required";
            // Nobody is asked who made their device: there is no list here of those that would be right.
            passkeys.AttestationConveyancePreference = "none";
        });
    }

    /// <summary>The domain that passkeys are made for. Browsers make none for an address in numbers.</summary>
    public static string DomainOf(WorkbenchOptions options) =>
        options.PublicAddress?.IdnHost ?? (options.Address.IsLoopback ? "localhost" : options.Address.IdnHost);

    /// <summary>The one origin whose answers are taken. The port of a workbench on this machine may be known only once it listens.</summary>
    private static string OriginOf(WorkbenchOptions options, int port) =>
        (
            options.PublicAddress is { } known
                ? new UriBuilder(known.Scheme, known.IdnHost, known.Port)
                : new UriBuilder(options.Address.Scheme, DomainOf(options), port)
        ).Uri.GetLeftPart(UriPartial.Authority);
}
