namespace OpsConsole.Web.History;

/// <summary>Another process may store by now, or what was stored is not what this one believed: the term is over.</summary>
public sealed class FencedException(long epoch) : Exception($"Epoch {epoch} is over: another console stores the history by now, or an answer of the database was lost. It goes on from what is stored.");
