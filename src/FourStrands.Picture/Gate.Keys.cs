using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>The keys of the store, for whoever runs the program.</summary>
public sealed partial class Gate
{
    /// <summary>The folder that the store's keys lie in.</summary>
    public string KeysFolder => Keys.Folder;

    internal StoreKeys Keys { get; }

    /// <summary>Moves the store's keys to another folder, which must be there and hold no others; the store's own is made. It is logged.</summary>
    /// <param name="folder">Where they are to lie from now on.</param>
    /// <param name="by">Who does it.</param>
    /// <exception cref="StoreException">They cannot lie there; nothing was changed.</exception>
    public void MoveKeys(string folder, Viewer by)
    {
        Keys.MoveTo(StoreKeys.Of(storeFolder, folder));
        Log.NoteInEach("move keys", "from the machine", by.DisplayName);
        FlushReadLog().GetAwaiter().GetResult();
    }
}
