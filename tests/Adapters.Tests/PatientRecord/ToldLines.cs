// What the adapters told the operator.
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sisote.Tests.Adapters.PatientRecord;

/// <summary>Keeps every line of the diagnostics from warnings on.</summary>
internal sealed class ToldLines : ILoggerFactory, ILogger
{
    public ConcurrentQueue<(int Id, string Text)> All { get; } = [];

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is no other.");

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            All.Enqueue((eventId.Id, formatter(state, exception)));
        }
    }

    public void Dispose()
    {
    }
}
