using OpsConsole.Data.Operations;
using OpsConsole.Jobs.Monitoring;

namespace OpsConsole.Web.Operations.Runner;

/// <summary>What every run of an operation works with.</summary>
internal sealed record OperationPieces(OperationStore Store, OperationTermStore Term, BulkControl Control, OperationFeed Feed, TimeProvider Time, ILogger Log);

/// <summary>The lease belongs to another console now.</summary>
internal sealed class BulkFencedException(string message) : Exception(message);
