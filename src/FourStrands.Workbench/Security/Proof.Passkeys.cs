using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using FourStrands.Picture;
using Microsoft.AspNetCore.Identity;

namespace FourStrands.Workbench.Security;

/// <summary>Passkeys: the device signs what it is asked, after it asked who is there. That is two factors, and so it stands in for password and code.</summary>
internal sealed partial class Proof
{
    /// <summary>More than any device says; most say a tenth of it.</summary>
    private const int LongestAnswer = 20_000;

    private const string ToSignIn = "sign in";

    /// <summary>What a device is asked to sign in with: the same for everybody, but for what chance adds. JSON, as browsers take it.</summary>
    public async Task<string> AskForPasskey(HttpContext context)
    {
        var asked = await passkeys.MakeRequestOptionsAsync(null, context);
        challenges.Put(context, ToSignIn, asked.AssertionState!);
        return asked.RequestOptionsJson;
    }

    /// <summary>Who it is, by what their device answered; null if something did not fit. What it was is not said.</summary>
    /// <param name="context">The request that they ask with.</param>
    /// <param name="answer">What the browser made of it, as JSON.</param>
    public async Task<Person?> OfPasskey(HttpContext context, string? answer)
    {
        if (challenges.Take(context, ToSignIn) is not { } asked || answer is null or { Length: > LongestAnswer })
            return null;
        if (HandleIn(answer) is not { } handle || await accounts.FindByIdAsync(handle) is not { Person.SignInName: var name })
        {
            people.Note("", "fail to sign in with a passkey");
            return null;
        }
        var turn = TurnOf(name);
        await turn.WaitAsync();
        try
        {
            if (await accounts.FindByIdAsync(handle) is not { } account)
                return null;
            // A door of its own: whoever merely knows the name, and tries passwords, does not shut it.
            string door = $"passkeys of {account.Person.Id}";
            bool locked = browsers.IsShut(door);
            var proved = await passkeys.PerformAssertionAsync(
                new PasskeyAssertionContext
                {
                    HttpContext = context,
                    CredentialJson = answer,
                    AssertionState = asked,
                }
            );
            if (!proved.Succeeded || locked)
            {
                if (!locked)
                    browsers.CountFailure(door, MostFailures, Shut);
                people.Note(name, locked ? "fail to sign in while locked" : "fail to sign in with a passkey");
                return null;
            }
            string id = Base64Url.EncodeToString(proved.Passkey.CredentialId);
            account.Credentials = account.Credentials with
            {
                Passkeys =
                [
                    .. account.Credentials.Passkeys.Select(p =>
                        p.Id == id ? p with { Uses = proved.Passkey.SignCount, IsShared = proved.Passkey.IsBackedUp, LastUsed = clock.GetUtcNow() } : p
                    ),
                ],
            };
            if (!(await accounts.UpdateAsync(account)).Succeeded)
                return null;
            browsers.ForgetFailures(door);
            browsers.Remember(context, name);
            people.Note(name, "sign in with a passkey");
            return account.Person;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What a device is asked to make a passkey with, for somebody who just proved who they are. JSON, as browsers take it.</summary>
    public async Task<string> AskForNewPasskey(HttpContext context, Person person)
    {
        var asked = await passkeys.MakeCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = person.Id.ToString(),
                Name = person.SignInName,
                DisplayName = person.DisplayName,
            },
            context
        );
        challenges.Put(context, ToMake(person), asked.AttestationState!);
        return asked.CreationOptionsJson;
    }

    /// <summary>The passkey that a device made; null if it was not asked for by this person, in this browser, within five minutes, or does not fit.</summary>
    public async Task<Passkey?> NewPasskey(HttpContext context, Person person, string name, string? answer)
    {
        if (challenges.Take(context, ToMake(person)) is not { } asked || answer is null or { Length: > LongestAnswer })
            return null;
        var made = await passkeys.PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                HttpContext = context,
                CredentialJson = answer,
                AttestationState = asked,
            }
        );
        if (!made.Succeeded || made.UserEntity.Id != person.Id.ToString())
            return null;
        var passkey = made.Passkey;
        return new Passkey(Base64Url.EncodeToString(passkey.CredentialId), name, clock.GetUtcNow(), passkey.PublicKey)
        {
            Uses = passkey.SignCount,
            Transports = passkey.Transports ?? [],
            MayBeShared = passkey.IsBackupEligible,
            IsShared = passkey.IsBackedUp,
        };
    }

    private static string ToMake(Person person) => $"make for {person.Id}";

    /// <summary>Whose passkey the device says it is; null if it does not say.</summary>
    private static string? HandleIn(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("response", out var response)
                && response.ValueKind == JsonValueKind.Object
                && response.TryGetProperty("userHandle", out var handle)
                && handle.ValueKind == JsonValueKind.String
                ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(handle.GetString()))
                : null;
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
