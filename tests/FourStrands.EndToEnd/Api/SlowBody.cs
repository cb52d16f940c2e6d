using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace FourStrands.EndToEnd.Api;

/// <summary>What a program sends so slowly that it does not end before a test lets it.</summary>
internal sealed class SlowBody : HttpContent
{
    private readonly byte[] start;
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowBody(string type, string start)
    {
        this.start = Encoding.UTF8.GetBytes(start);
        Headers.ContentType = MediaTypeHeaderValue.Parse(type);
    }

    /// <summary>Ends when the first of it was sent.</summary>
    public Task Begun => begun.Task;

    /// <summary>Lets it end.</summary>
    public void End(string with = "") => rest.TrySetResult(with);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(start);
        await stream.FlushAsync();
        begun.TrySetResult();
        // Blanks, so that the server does not give it up as too slow.
        byte[] blanks = new byte[150];
        blanks.AsSpan().Fill((byte)' ');
        while (await Task.WhenAny(rest.Task, Task.Delay(500)) != rest.Task)
        {
            await stream.WriteAsync(blanks);
            await stream.FlushAsync();
        }
        await stream.WriteAsync(Encoding.UTF8.GetBytes(await rest.Task));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        End();
        base.Dispose(disposing);
    }
}
